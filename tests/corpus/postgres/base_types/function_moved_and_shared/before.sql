CREATE SCHEMA lib;
CREATE TYPE w;
CREATE FUNCTION w_in(cstring) RETURNS w LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION w_out(w) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE w (INPUT = w_in, OUTPUT = w_out, LIKE = text);
CREATE TYPE pair AS (a w, b w[]);
CREATE FUNCTION f(pair) RETURNS w LANGUAGE sql AS 'SELECT ($1).a';
CREATE TABLE t (id integer PRIMARY KEY, w w, p pair, z integer DEFAULT 1);
