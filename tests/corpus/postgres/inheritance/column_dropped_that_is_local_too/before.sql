CREATE TABLE a (x int, y int, CONSTRAINT ck CHECK (y > 0));
CREATE TABLE b (y int, CONSTRAINT ck CHECK (y > 0)) INHERITS (a);
CREATE TABLE c (y int) INHERITS (b);
