CREATE TYPE blob2;
CREATE FUNCTION blob2_in(cstring) RETURNS blob2 LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION blob2_out(blob2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE blob2 (INPUT = blob2_in, OUTPUT = blob2_out, INTERNALLENGTH = variable, STORAGE = plain);
CREATE TABLE t (id integer, b blob2, other integer);
CREATE VIEW v AS SELECT id, b FROM t;
