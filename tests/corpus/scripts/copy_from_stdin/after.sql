CREATE TABLE t (a int, b text);
CREATE TABLE u (a int, b text);
CREATE INDEX ON t (a);
