SET check_function_bodies = off;
SET search_path = '';
DROP CONVERSION public.mine;
CREATE DEFAULT CONVERSION public.mine FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
GRANT CREATE ON SCHEMA "public" TO "pair_owner";
ALTER CONVERSION public.mine OWNER TO "pair_owner";
COMMENT ON CONVERSION public.mine IS 'the same again';
