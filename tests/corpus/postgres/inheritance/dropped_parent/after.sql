CREATE TABLE c (a int, b int, x int);
