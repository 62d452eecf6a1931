CREATE TABLE p (a bigint NOT NULL, b text DEFAULT 'x', y int);
CREATE TABLE c (d int) INHERITS (p);
CREATE TABLE g () INHERITS (c);
