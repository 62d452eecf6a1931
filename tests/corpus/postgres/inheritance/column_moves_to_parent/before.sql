CREATE TABLE p (i int);
CREATE TABLE c (a int) INHERITS (p);
