CREATE ROLE pair_reader;
CREATE TRUSTED LANGUAGE mine HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
GRANT USAGE ON LANGUAGE mine TO pair_reader;
REVOKE USAGE ON LANGUAGE mine FROM PUBLIC;
ALTER LANGUAGE mine OWNER TO pair_reader;
COMMENT ON LANGUAGE mine IS 'as the other';
CREATE FUNCTION f() RETURNS integer LANGUAGE mine AS 'BEGIN RETURN 1; END';
CREATE TRUSTED LANGUAGE "Other L" HANDLER plpgsql_call_handler;
