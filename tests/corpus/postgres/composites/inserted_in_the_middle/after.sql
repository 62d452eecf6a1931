CREATE TYPE c AS (a int, m date, b text);
CREATE FUNCTION f() RETURNS c LANGUAGE sql AS 'SELECT 1, now()::date, ''x''::text';
