CREATE EXTENSION hstore;
CREATE TABLE t (h hstore, j hstore DEFAULT 'a=>1');
INSERT INTO t VALUES ('a=>b');
