CREATE TABLE t (id int, a text, b int, CONSTRAINT newpk PRIMARY KEY (id));
CREATE VIEW v AS SELECT id, a, sum(b) AS s FROM t GROUP BY id;
