CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TYPE a.w;
CREATE FUNCTION a.w_in(cstring) RETURNS a.w LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION a.w_out(a.w) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE a.w (INPUT = a.w_in, OUTPUT = a.w_out, LIKE = text);
CREATE TABLE t (id integer, w a.w, z integer);
INSERT INTO t VALUES (1, 'one', 2);
