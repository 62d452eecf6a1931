CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a + 1) STORED, d int);
