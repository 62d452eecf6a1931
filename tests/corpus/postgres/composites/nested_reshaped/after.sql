CREATE TYPE a AS (x bigint, y text);
CREATE TYPE b AS (a a, l a[], z int);
CREATE TYPE c AS (b b);
CREATE DOMAIN d AS c;
CREATE TABLE t (d d, b b);
CREATE FUNCTION f(b) RETURNS SETOF c LANGUAGE sql AS 'SELECT NULL::c';
