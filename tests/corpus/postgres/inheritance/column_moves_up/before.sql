CREATE TABLE a (x int);
CREATE TABLE b (y int, z int) INHERITS (a);
CREATE TABLE c (y int) INHERITS (a);
