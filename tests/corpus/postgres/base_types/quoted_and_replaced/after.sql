CREATE SCHEMA "Our Types";
CREATE TYPE "Our Types"."A.b";
CREATE FUNCTION "Our Types"."in"(cstring) RETURNS "Our Types"."A.b" LANGUAGE internal IMMUTABLE STRICT AS 'float8in';
CREATE FUNCTION "Our Types"."out"("Our Types"."A.b") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'float8out';
CREATE TYPE "Our Types"."A.b" (INPUT = "Our Types"."in", OUTPUT = "Our Types"."out", LIKE = float8, PREFERRED = true);
CREATE TABLE t ("A.b" "Our Types"."A.b", z integer);
