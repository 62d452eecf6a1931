CREATE TABLE p (a int DEFAULT 1, b text);
CREATE TABLE c (d int) INHERITS (p);
