CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
CREATE INDEX j ON t (a) WITH (fillfactor = 70, deduplicate_items = off);
