CREATE TYPE c AS (x int, y text);
CREATE TABLE t (a c, b c[]);
INSERT INTO t VALUES (ROW(1,'a'), ARRAY[ROW(1,'b')::c]);
CREATE TABLE ty OF c;
