CREATE SCHEMA "S x";
CREATE TYPE "S x".st AS (a int, b int, c text);
CREATE FUNCTION "S x".step("S x".st, int) RETURNS "S x".st LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION "S x".fin("S x".st) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1.a::bigint';
CREATE AGGREGATE "S x"."ag G"(int) (SFUNC = "S x".step, STYPE = "S x".st, FINALFUNC = "S x".fin, INITCOND = '(0,0,)');
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT "S x"."ag G"(a) AS q FROM t;
