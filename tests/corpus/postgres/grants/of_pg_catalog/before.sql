CREATE ROLE catalog_reader;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_sleep(double precision) FROM PUBLIC;
GRANT SELECT ON pg_catalog.pg_authid TO PUBLIC;
GRANT SELECT (rolname), SELECT (rolsuper) ON pg_catalog.pg_authid TO catalog_reader;
REVOKE USAGE ON TYPE pg_catalog.int4 FROM PUBLIC;
GRANT CREATE ON SCHEMA pg_catalog TO catalog_reader;
