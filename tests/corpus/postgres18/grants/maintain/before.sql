CREATE ROLE st_reader;
CREATE TABLE t (a int);
