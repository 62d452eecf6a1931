CREATE TABLE a (x bigint NOT NULL, y text);
CREATE TABLE c (x int, z int);
