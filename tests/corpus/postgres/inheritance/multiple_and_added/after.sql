CREATE TABLE a (x int, y int CHECK (y > 0));
CREATE TABLE b (y int, z text NOT NULL DEFAULT 'q');
CREATE TABLE c (w int) INHERITS (a, b);
CREATE TABLE d (x int, y int CHECK (y > 0), z text NOT NULL) INHERITS (a);
