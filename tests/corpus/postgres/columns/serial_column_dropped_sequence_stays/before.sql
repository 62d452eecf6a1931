CREATE TABLE t (id serial, b int);
