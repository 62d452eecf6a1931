CREATE TABLE a (x int, z int);
CREATE TYPE w AS (a a, k int);
CREATE TABLE t (a a CHECK ((a).x > 0), l a[] DEFAULT '{}', w w, k int);
CREATE VIEW v AS SELECT (a).x FROM t;
CREATE INDEX i ON t (((a).x));
INSERT INTO t VALUES (ROW(3,4), NULL, NULL, 1);
