CREATE TABLE t (id int PRIMARY KEY, a text, b int);
CREATE VIEW v AS SELECT id, a, sum(b) AS s FROM t GROUP BY id;
