CREATE TABLE p (a int);
CREATE TABLE q (b int);
CREATE TABLE c (a int) INHERITS (p);
