CREATE TABLE t (a int, c int, d int DEFAULT 3);
