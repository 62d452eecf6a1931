CREATE COLLATION k2 (provider=icu, locale='de');
CREATE TABLE t (a text COLLATE k2 DEFAULT 'x', b int);
CREATE DOMAIN d AS text COLLATE k2;
CREATE TABLE u (d d);
CREATE TYPE c AS (x text);
CREATE TABLE w (c c);
CREATE INDEX i ON t (b, a);
