CREATE TABLE t (id integer);
CREATE FUNCTION depth(n integer) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
CREATE VIEW depths AS SELECT id, depth(id) AS d FROM t;
CREATE OR REPLACE FUNCTION depth(n integer) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) AS c FROM depths WHERE id < n; END;
