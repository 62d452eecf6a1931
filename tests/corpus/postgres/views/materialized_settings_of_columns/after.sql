CREATE TABLE t (a int, b text);
CREATE MATERIALIZED VIEW m WITH (fillfactor = 80, toast.autovacuum_enabled = false) AS SELECT * FROM t;
ALTER MATERIALIZED VIEW m ALTER a SET (n_distinct = -0.5), ALTER b SET COMPRESSION pglz, ALTER b SET STORAGE EXTERNAL;
