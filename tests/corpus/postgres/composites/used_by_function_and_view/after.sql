CREATE TYPE c AS (a numeric, b text COLLATE "C");
CREATE FUNCTION f(x c) RETURNS int LANGUAGE sql AS 'SELECT x.a::int';
CREATE VIEW v AS SELECT f(ROW(1, 'x')::c) AS r, ROW(2, 'y')::c AS k;
