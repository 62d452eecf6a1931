CREATE FUNCTION f() RETURNS SETOF bigint LANGUAGE sql ROWS 5 AS 'SELECT 1::bigint';
CREATE FUNCTION g() RETURNS TABLE (a int, b text) LANGUAGE sql AS 'SELECT 1, ''y''::text';
CREATE FUNCTION h(OUT a int, OUT c text) LANGUAGE sql AS 'SELECT 1, ''x''::text';
