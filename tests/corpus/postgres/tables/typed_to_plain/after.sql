CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE TYPE ty2 AS (a int, b text);
CREATE TABLE u OF ty2;
