CREATE TABLE t (a int NOT NULL, b int NOT NULL DEFAULT 7, c int);
