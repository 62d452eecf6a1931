CREATE TYPE c AS (a int, b text);
CREATE FUNCTION f(x c) RETURNS int LANGUAGE sql AS 'SELECT x.a';
CREATE VIEW v AS SELECT f(ROW(1, 'x')::c) AS r, ROW(2, 'y')::c AS k;
