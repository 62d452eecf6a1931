CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION pg_trgm;
CREATE TABLE t (a citext, b hstore DEFAULT 'a=>1', c text);
CREATE INDEX i ON t USING gin (c gin_trgm_ops);
CREATE VIEW v AS SELECT a, b -> 'a' AS x FROM t;
CREATE FUNCTION f(x citext) RETURNS citext LANGUAGE sql AS 'SELECT x';
