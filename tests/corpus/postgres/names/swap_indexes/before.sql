CREATE TABLE t (a int, b int);
CREATE INDEX i1 ON t (a);
CREATE UNIQUE INDEX i2 ON t (b);
