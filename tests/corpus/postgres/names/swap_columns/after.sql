CREATE TABLE t (a text, b int);
CREATE VIEW v AS SELECT a, b FROM t;
CREATE INDEX i ON t (a, b);
