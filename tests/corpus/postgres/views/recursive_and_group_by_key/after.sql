CREATE TABLE t (id int PRIMARY KEY, p int, n text);
CREATE RECURSIVE VIEW tree (id, depth) AS SELECT id, 0 FROM t WHERE p IS NULL UNION ALL SELECT t.id, depth + 1 FROM t JOIN tree ON t.p = tree.id;
CREATE VIEW g AS SELECT id, n, count(*) FROM t GROUP BY id;
