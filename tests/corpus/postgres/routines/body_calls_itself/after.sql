CREATE TABLE t (id integer);
CREATE FUNCTION down(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 0';
CREATE OR REPLACE FUNCTION down(n integer) RETURNS integer LANGUAGE sql RETURN CASE WHEN n < 1 THEN n ELSE down(n - 1) END;
CREATE VIEW downs AS SELECT down(id) AS d FROM t;
CREATE INDEX t_odd ON t (id) WHERE id > 0;
