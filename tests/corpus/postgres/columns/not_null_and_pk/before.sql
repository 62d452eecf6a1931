CREATE TABLE t (a int NOT NULL, b int, c int, PRIMARY KEY (a, b));
CREATE TABLE u (a int PRIMARY KEY, b int);
