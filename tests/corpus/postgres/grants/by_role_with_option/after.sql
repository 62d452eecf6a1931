CREATE ROLE st_reader; CREATE ROLE st_writer;
CREATE TABLE t (a int);
GRANT SELECT ON t TO st_reader WITH GRANT OPTION;
SET ROLE st_reader;
GRANT SELECT ON t TO st_writer;
RESET ROLE;
