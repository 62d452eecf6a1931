CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TYPE b.w;
CREATE FUNCTION b.w_in(cstring) RETURNS b.w LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION b.w_out(b.w) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE b.w (INPUT = b.w_in, OUTPUT = b.w_out, LIKE = text);
CREATE TABLE t (id integer, w b.w, z integer);
INSERT INTO t VALUES (1, 'one', 2);
