CREATE TABLE t (a int);
CREATE TABLE m (u text, a int);
