CREATE ROLE catalog_reader;
CREATE TABLE t (a int);
GRANT EXECUTE ON FUNCTION pg_catalog.pg_read_file(text) TO catalog_reader WITH GRANT OPTION;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) TO catalog_reader;
REVOKE SELECT ON pg_catalog.pg_stat_activity FROM PUBLIC;
GRANT SELECT (rolname) ON pg_catalog.pg_authid TO catalog_reader;
