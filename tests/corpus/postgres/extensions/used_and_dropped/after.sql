CREATE EXTENSION pg_trgm;
CREATE TABLE t (a text, b jsonb DEFAULT '{"a":1}', c text);
CREATE INDEX i ON t USING gist (c gist_trgm_ops);
CREATE VIEW v AS SELECT a, b -> 'a' AS x FROM t;
CREATE FUNCTION f(x text) RETURNS text LANGUAGE sql AS 'SELECT x';
