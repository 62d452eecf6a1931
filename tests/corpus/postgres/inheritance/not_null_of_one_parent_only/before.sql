CREATE TABLE c (z integer);
CREATE TABLE a (x text NOT NULL);
CREATE TABLE b (y text) INHERITS (c);
