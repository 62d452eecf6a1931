CREATE ROLE pair_reader;
CREATE TABLE t (a integer, b integer) PARTITION BY RANGE (b);
GRANT SELECT ON t TO pair_reader;
