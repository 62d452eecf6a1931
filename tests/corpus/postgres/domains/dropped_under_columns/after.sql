CREATE TABLE t (a int DEFAULT 3 CHECK (a > 0), b int[], c int GENERATED ALWAYS AS (4) STORED);
CREATE TYPE c AS (x int);
CREATE TABLE w (c c, cc c[]);
