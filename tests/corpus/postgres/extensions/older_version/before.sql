CREATE EXTENSION pg_trgm VERSION '1.3';
CREATE TABLE t (a text);
CREATE INDEX i ON t USING gist (a gist_trgm_ops);
