CREATE TABLE p (a int, b int);
CREATE TABLE c (x int) INHERITS (p);
