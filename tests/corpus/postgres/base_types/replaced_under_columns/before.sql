CREATE TYPE code;
CREATE FUNCTION code_in(cstring) RETURNS code LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION code_out(code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE TYPE code (INPUT = code_in, OUTPUT = code_out, LIKE = int4);
CREATE TABLE t (id integer, c code);
CREATE VIEW v AS SELECT c FROM t;
CREATE FUNCTION same(code) RETURNS code LANGUAGE sql AS 'SELECT $1';
