CREATE TYPE c AS (a int, b text);
CREATE FUNCTION f() RETURNS c LANGUAGE sql AS 'SELECT 1, ''x''::text';
