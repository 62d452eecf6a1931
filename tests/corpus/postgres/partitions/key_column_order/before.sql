CREATE TABLE m (a int, b int, c int) PARTITION BY LIST (a);
CREATE TABLE other (c int, b int, a int);
