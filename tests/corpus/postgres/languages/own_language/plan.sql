SET check_function_bodies = off;
SET search_path = '';
CREATE TRUSTED LANGUAGE "Other L" HANDLER plpgsql_call_handler;
CREATE OR REPLACE TRUSTED LANGUAGE mine HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
ALTER LANGUAGE mine OWNER TO "pair_reader";
REVOKE USAGE ON LANGUAGE "mine" FROM PUBLIC;
COMMENT ON LANGUAGE mine IS 'as the other';
