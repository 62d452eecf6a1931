CREATE TABLE a (id integer PRIMARY KEY, n integer);
CREATE TABLE b (id integer NOT NULL, n integer, y text);
CREATE TABLE d (id integer NOT NULL, n integer);
CREATE TABLE c (y text) INHERITS (d);
