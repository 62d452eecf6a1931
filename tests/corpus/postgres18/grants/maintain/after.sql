CREATE ROLE st_reader;
CREATE TABLE t (a int);
GRANT MAINTAIN ON t TO st_reader;
