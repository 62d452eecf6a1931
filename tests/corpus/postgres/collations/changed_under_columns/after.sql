CREATE COLLATION mine (LOCALE = 'POSIX');
CREATE TABLE t (id integer PRIMARY KEY, name text COLLATE mine NOT NULL, short varchar(10) COLLATE mine, other text);
CREATE INDEX t_name ON t (name);
CREATE INDEX t_other ON t (other COLLATE mine);
CREATE DOMAIN d AS text COLLATE mine;
CREATE TABLE u (d d, e d[], f integer);
CREATE VIEW v AS SELECT name COLLATE mine AS n FROM t;
COMMENT ON COLLATION mine IS 'ours';
