CREATE TYPE a AS (x int);
CREATE TYPE b AS (y text, z int);
CREATE TABLE t (p a, q b);
