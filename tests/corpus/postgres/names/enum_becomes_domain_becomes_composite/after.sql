CREATE DOMAIN a AS text;
CREATE TYPE b AS (x int);
CREATE TYPE c AS ENUM ('x');
CREATE TABLE t (a a, b b, c c);
