CREATE TABLE a (id integer);
CREATE TABLE b () INHERITS (a);
CREATE TABLE c (z text) INHERITS (b);
