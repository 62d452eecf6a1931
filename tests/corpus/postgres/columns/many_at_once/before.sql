CREATE TABLE t (a int, b int, c int, d int, e int, f text);
CREATE VIEW v AS SELECT a + b AS ab, c FROM t;
CREATE INDEX i1 ON t (a, b); CREATE INDEX i2 ON t ((c + d)) WHERE e > 0;
ALTER TABLE t ADD CONSTRAINT k CHECK (a + b + c > 0);
