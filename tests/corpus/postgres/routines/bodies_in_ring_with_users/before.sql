CREATE TABLE t (id integer);
CREATE FUNCTION first(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE VIEW v AS SELECT first(id) AS f FROM t;
