CREATE TYPE size AS (width int, height text);
CREATE TABLE base (id int NOT NULL, sizes size[]);
CREATE TABLE child (x int) INHERITS (base);
CREATE TABLE grandchild (y int) INHERITS (child);
