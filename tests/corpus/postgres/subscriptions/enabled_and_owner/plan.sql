SET check_function_bodies = off;
SET search_path = '';
ALTER SUBSCRIPTION pair_enabled OWNER TO "pair_super";
COMMENT ON SUBSCRIPTION pair_enabled IS 'asleep';
