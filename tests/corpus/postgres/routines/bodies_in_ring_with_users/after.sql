CREATE TABLE t (id integer);
CREATE FUNCTION first(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION third(n integer) RETURNS bigint LANGUAGE sql RETURN first(n) + 1;
CREATE FUNCTION second(n integer, OUT a integer, OUT b text) LANGUAGE sql BEGIN ATOMIC SELECT third(n)::integer AS a, 'x'::text AS b; END;
CREATE OR REPLACE FUNCTION first(n integer) RETURNS integer LANGUAGE sql RETURN CASE WHEN n > 0 THEN 1 ELSE (second(n)).a END;
CREATE VIEW v AS SELECT first(id) AS f, (second(id)).b FROM t;
COMMENT ON FUNCTION second IS 'in the ring';
