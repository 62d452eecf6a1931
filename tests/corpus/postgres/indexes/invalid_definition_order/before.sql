CREATE TABLE t (a int, b text);
CREATE INDEX i ON t (a, b);
CREATE INDEX k ON t (b varchar_pattern_ops DESC);
