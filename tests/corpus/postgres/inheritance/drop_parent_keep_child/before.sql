CREATE TABLE a (x int, y text, CHECK (x > 0));
CREATE TABLE b (z int) INHERITS (a);
CREATE TABLE c () INHERITS (b);
