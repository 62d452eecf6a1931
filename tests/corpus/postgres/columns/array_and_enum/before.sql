CREATE TABLE t (a text[], b int[] DEFAULT '{}', c int);
