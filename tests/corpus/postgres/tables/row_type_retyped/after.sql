CREATE TABLE a (x bigint, z text);
CREATE TYPE w AS (a a, k int);
CREATE TABLE t (a a CHECK ((a).x > 0), l a[] DEFAULT '{}', w w, k int);
CREATE VIEW v AS SELECT (a).x FROM t;
CREATE INDEX i ON t (((a).x));
