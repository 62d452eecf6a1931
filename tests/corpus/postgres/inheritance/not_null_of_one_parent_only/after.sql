CREATE TABLE c (z integer, x text);
CREATE TABLE a (x text NOT NULL DEFAULT 'x');
CREATE TABLE b (y text) INHERITS (c, a);
