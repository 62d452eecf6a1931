CREATE ROLE pair_reader;
CREATE TABLE t (a integer, b integer);
GRANT SELECT (a), UPDATE (b) ON t TO PUBLIC;
GRANT SELECT (b) ON t TO pair_reader WITH GRANT OPTION;
CREATE VIEW v AS SELECT a FROM t;
GRANT SELECT (a) ON v TO pair_reader;
