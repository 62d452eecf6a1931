CREATE TABLE a (x bigint, y text);
CREATE TABLE b (z bigint) INHERITS (a);
CREATE TABLE c () INHERITS (b);
CREATE VIEW v AS SELECT x, z FROM c;
CREATE INDEX i ON c (x);
