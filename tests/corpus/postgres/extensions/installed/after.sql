CREATE EXTENSION citext;
CREATE EXTENSION hstore;
CREATE EXTENSION pgcrypto;
CREATE TABLE t (a citext, h hstore DEFAULT ''::hstore);
CREATE INDEX ON t USING gin (h);
