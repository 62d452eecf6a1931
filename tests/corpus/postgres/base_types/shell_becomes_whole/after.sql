CREATE TYPE later;
CREATE FUNCTION later_in(cstring) RETURNS later LANGUAGE internal IMMUTABLE STRICT AS 'int8in';
CREATE FUNCTION later_out(later) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int8out';
CREATE TYPE later (INPUT = later_in, OUTPUT = later_out, LIKE = int8);
CREATE TABLE t (l later);
