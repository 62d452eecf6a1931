CREATE SCHEMA ext;
CREATE EXTENSION citext;
CREATE EXTENSION hstore WITH SCHEMA ext;
CREATE TABLE t (a citext, b ext.hstore);
