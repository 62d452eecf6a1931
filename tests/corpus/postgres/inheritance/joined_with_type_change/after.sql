CREATE TABLE a (x bigint NOT NULL, y text, CONSTRAINT big CHECK (x > 10));
CREATE TABLE c (x bigint NOT NULL, z int) INHERITS (a);
