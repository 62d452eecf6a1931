CREATE TABLE p (i int, a int);
CREATE TABLE c () INHERITS (p);
