CREATE ROLE catalog_reader;
CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pgcrypto;
REVOKE ALL ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) FROM PUBLIC;
GRANT SELECT (userid) ON pg_stat_statements TO catalog_reader;
REVOKE SELECT ON pg_stat_statements FROM PUBLIC;
