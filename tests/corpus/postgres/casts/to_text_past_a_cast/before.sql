CREATE TYPE pair AS (x integer, y integer);
CREATE CAST (pair AS text) WITH INOUT;
CREATE TABLE t (id integer PRIMARY KEY, p pair);
INSERT INTO t VALUES (1, ROW(1, 2));
