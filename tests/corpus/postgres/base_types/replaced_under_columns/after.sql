CREATE TYPE code;
CREATE FUNCTION code_in(cstring) RETURNS code LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION code_out(code) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE code (INPUT = code_in, OUTPUT = code_out, LIKE = text);
CREATE TABLE t (id integer, c code, many code[], last integer);
CREATE VIEW v AS SELECT c FROM t;
CREATE FUNCTION same(code) RETURNS code LANGUAGE sql AS 'SELECT $1';
COMMENT ON TYPE code IS 'a code';
COMMENT ON FUNCTION code_out(code) IS 'shows it';
