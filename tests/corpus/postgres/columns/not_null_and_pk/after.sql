CREATE TABLE t (a int, b int NOT NULL, c int, PRIMARY KEY (c));
CREATE TABLE u (a int NOT NULL, b int UNIQUE NOT NULL);
