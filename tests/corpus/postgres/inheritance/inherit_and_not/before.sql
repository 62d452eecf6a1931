CREATE TABLE p (a int, b text);
CREATE TABLE c (a int, b text, d int);
CREATE TABLE e () INHERITS (p);
