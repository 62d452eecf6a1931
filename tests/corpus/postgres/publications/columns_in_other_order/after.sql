CREATE TABLE t (b int PRIMARY KEY, a int, c int);
CREATE PUBLICATION p FOR TABLE t (c, a, b) WITH (publish = 'insert');
