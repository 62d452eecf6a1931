CREATE TABLE t (e text UNIQUE, z text[] DEFAULT '{a}');
CREATE INDEX i ON t (e text_pattern_ops);
