CREATE TABLE t (a bigint, b int);
CREATE STATISTICS s ON a, b FROM t;
CREATE STATISTICS x ON (a + 1), b FROM t;
