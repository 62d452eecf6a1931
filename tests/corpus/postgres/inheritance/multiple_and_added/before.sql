CREATE TABLE a (x int, y int);
CREATE TABLE b (y int, z text);
CREATE TABLE c (w int) INHERITS (a);
CREATE TABLE d (x int, y int, z text);
