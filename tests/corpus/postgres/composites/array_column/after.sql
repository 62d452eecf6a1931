CREATE TYPE c AS (a int, b int);
CREATE TABLE t (l c[]);
