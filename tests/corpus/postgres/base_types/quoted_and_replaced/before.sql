CREATE SCHEMA "Our Types";
CREATE TYPE "Our Types"."A.b";
CREATE FUNCTION "Our Types"."in"(cstring) RETURNS "Our Types"."A.b" LANGUAGE internal IMMUTABLE STRICT AS 'int8in';
CREATE FUNCTION "Our Types"."out"("Our Types"."A.b") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int8out';
CREATE TYPE "Our Types"."A.b" (INPUT = "Our Types"."in", OUTPUT = "Our Types"."out", LIKE = int8);
CREATE TABLE t ("A.b" "Our Types"."A.b", z integer);
