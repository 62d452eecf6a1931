CREATE TYPE size AS (width bigint, height text, depth int);
CREATE TABLE ground (id int NOT NULL, sizes size[] DEFAULT '{}');
CREATE TABLE child (x int) INHERITS (ground);
CREATE TABLE grandchild (y int) INHERITS (child);
ALTER TABLE child ALTER sizes SET DEFAULT '{"(2,b,)"}';
