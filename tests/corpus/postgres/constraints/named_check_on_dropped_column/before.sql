CREATE TABLE t (a int, b int, CONSTRAINT k CHECK (a > 0 AND b > 0));
