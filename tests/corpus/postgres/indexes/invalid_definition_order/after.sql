CREATE TABLE t (a int, b text);
CREATE INDEX i ON t (b, a);
CREATE INDEX k ON t (b text_pattern_ops ASC NULLS FIRST);
