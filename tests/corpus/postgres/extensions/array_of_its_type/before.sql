CREATE EXTENSION citext;
CREATE TABLE t (e citext UNIQUE, z citext[] DEFAULT '{a}');
INSERT INTO t VALUES ('A');
CREATE INDEX i ON t (e citext_pattern_ops);
