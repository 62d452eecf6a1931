CREATE TYPE c AS (a int);
CREATE TABLE t (l c[]);
