SET check_function_bodies = off;
SET search_path = '';
CREATE ACCESS METHOD "Btree 2" TYPE INDEX HANDLER bthandler;
-- table-rewrites: Every row of public.t is written to another place; nobody reads or writes it meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."t" SET ACCESS METHOD "heap";
-- table-rewrites: Every row of public.u is written to another place; nobody reads or writes it meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."u" SET ACCESS METHOD "mine";
COMMENT ON ACCESS METHOD mine IS 'a heap';
