CREATE ROLE pair_reader;
CREATE ROLE pair_writer;
CREATE TABLE t (a integer, b integer);
GRANT SELECT ON t TO pair_writer;
