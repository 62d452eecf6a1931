CREATE TABLE t (id int, u int);
