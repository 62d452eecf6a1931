CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 70, autovacuum_enabled = false) AS SELECT * FROM t;
ALTER MATERIALIZED VIEW m ALTER b SET (n_distinct = 5), ALTER b SET STATISTICS 10;
