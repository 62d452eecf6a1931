CREATE ROLE st_reader; CREATE ROLE st_writer;
CREATE TABLE t (a int, b int);
GRANT SELECT, INSERT ON t TO st_reader;
GRANT UPDATE (a) ON t TO st_writer;
CREATE VIEW v AS SELECT a FROM t;
