CREATE TYPE r2 AS (x int);
CREATE TABLE t (a r2);
