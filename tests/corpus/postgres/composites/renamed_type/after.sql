CREATE TYPE c2 AS (x int, y text);
CREATE TABLE t (a c2, b c2[]);
CREATE TABLE ty OF c2;
