CREATE TABLE kept (a int);
CREATE TABLE t (a int);
