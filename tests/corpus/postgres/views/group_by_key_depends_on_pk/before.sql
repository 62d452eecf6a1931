CREATE TABLE t (id int, n text, CONSTRAINT k1 PRIMARY KEY (id));
CREATE VIEW g AS SELECT id, n, count(*) FROM t GROUP BY id;
