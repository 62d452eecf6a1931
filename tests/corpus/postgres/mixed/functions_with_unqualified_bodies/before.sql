CREATE EXTENSION unaccent;
CREATE FUNCTION f_un(text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS $$SELECT unaccent('unaccent', $1)$$;
CREATE TABLE t (n text);
INSERT INTO t VALUES ('a');
