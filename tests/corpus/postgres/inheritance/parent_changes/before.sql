CREATE TABLE p (a int, b text, x int);
CREATE TABLE c (d int) INHERITS (p);
CREATE TABLE g () INHERITS (c);
