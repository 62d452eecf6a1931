CREATE TABLE t (a int, b int);
CREATE INDEX i2 ON t (a);
CREATE UNIQUE INDEX i1 ON t (b);
