CREATE TABLE t (id bigint PRIMARY KEY, parent bigint REFERENCES t);
CREATE RECURSIVE VIEW r (id, depth) AS SELECT id, 1 FROM t WHERE parent IS NULL UNION ALL SELECT t.id, r.depth + 1 FROM t JOIN r ON t.parent = r.id WHERE r.depth < 10;
