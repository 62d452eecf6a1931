CREATE TABLE t (id int PRIMARY KEY, at timestamp DEFAULT now());
CREATE VIEW v AS SELECT id, at::date AS d FROM t;
CREATE INDEX i ON t (at);
