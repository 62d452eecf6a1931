CREATE TYPE a AS (w int, x int);
CREATE TYPE b AS (z int, y text);
CREATE TABLE t (p b, q a);
