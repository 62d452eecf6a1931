CREATE TABLE t (a int CONSTRAINT a_here NOT NULL, b int NOT NULL, c int, d int CONSTRAINT gone NOT NULL);
