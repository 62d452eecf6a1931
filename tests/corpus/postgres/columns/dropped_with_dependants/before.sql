CREATE TABLE t (id int PRIMARY KEY, a int, b int, CHECK (a > b), UNIQUE (a, b));
CREATE INDEX i ON t (a);
CREATE VIEW v AS SELECT id, a FROM t;
