SET check_function_bodies = off;
SET search_path = '';
-- drop-table: Dropping public.gone deletes its rows. If the table has a new name, rename it first (ALTER TABLE … RENAME TO) and compare again.
DROP TABLE "public"."gone";
ALTER EVENT TRIGGER a ENABLE REPLICA;
COMMENT ON EVENT TRIGGER a IS 'notes';
ALTER EVENT TRIGGER b ENABLE;
ALTER EVENT TRIGGER c ENABLE ALWAYS;
ALTER EVENT TRIGGER c OWNER TO "pair_super";
