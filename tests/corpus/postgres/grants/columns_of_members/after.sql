CREATE ROLE catalog_reader;
CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pgcrypto;
GRANT ALL ON FUNCTION pg_stat_statements_reset(oid, oid, bigint) TO catalog_reader;
REVOKE EXECUTE ON FUNCTION digest(text, text) FROM PUBLIC;
