CREATE DOMAIN d AS varchar(10);
CREATE TABLE t (x d, y d DEFAULT 'q' NOT NULL, z d[]);
INSERT INTO t VALUES ('a','b','{c}');
CREATE INDEX i ON t (lower(x));
CREATE VIEW v AS SELECT x FROM t;
