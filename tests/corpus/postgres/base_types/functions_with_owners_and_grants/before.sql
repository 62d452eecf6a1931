CREATE ROLE pair_reader;
CREATE ROLE pair_owner;
CREATE TYPE "Odd Number";
CREATE FUNCTION "odd in"(cstring) RETURNS "Odd Number" LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION "odd out"("Odd Number") RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE "Odd Number" (INPUT = "odd in", OUTPUT = "odd out", INTERNALLENGTH = 4, PASSEDBYVALUE, ALIGNMENT = int4, DEFAULT = '7', DELIMITER = ';');
CREATE TABLE t (a "Odd Number" DEFAULT '3', b integer);
