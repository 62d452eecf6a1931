CREATE TABLE t (a text COLLATE "C", b varchar(10) COLLATE "POSIX", c text, d char(5), PRIMARY KEY (a), UNIQUE (b));
CREATE INDEX i ON t (c);
CREATE VIEW v AS SELECT a, c FROM t ORDER BY c;
