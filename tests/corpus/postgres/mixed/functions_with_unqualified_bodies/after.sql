CREATE EXTENSION unaccent;
CREATE FUNCTION f_un(text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS $$SELECT unaccent('unaccent', $1)$$;
CREATE TABLE t (n varchar(30), g text GENERATED ALWAYS AS (f_un(n)) STORED, CHECK (f_un(n) <> ''));
CREATE INDEX i ON t (f_un(n));
CREATE MATERIALIZED VIEW mv AS SELECT f_un(n) FROM t;
CREATE DOMAIN d AS text CHECK (f_un(VALUE) <> '');
ALTER TABLE t ADD d d DEFAULT f_un('a');
