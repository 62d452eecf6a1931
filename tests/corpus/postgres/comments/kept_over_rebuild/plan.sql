SET check_function_bodies = off;
SET search_path = '';
DROP INDEX "public"."i";
DROP MATERIALIZED VIEW "public"."m";
-- type-rewrites-table: Changing public.t.a from integer to bigint writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE bigint;
-- failing-cast: Where values of public.t.b cannot be converted from text to character varying(9), PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing public.t.b from text to character varying(9) may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- type-rewrites-table: Changing public.t.b from text to character varying(9) writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "b" SET DATA TYPE character varying(9);
-- index-blocks-writes: Building public.i reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i ON public.t USING btree (b, a);
-- refills-materialized-view: public.m is dropped and filled anew by its query; nobody reads it meanwhile. Apply it when it is not needed, or make the new one under another name and exchange them.
CREATE MATERIALIZED VIEW "public"."m" AS
 SELECT t.b
   FROM public.t;
COMMENT ON COLUMN "public"."m"."b" IS 'c';
COMMENT ON INDEX "public"."i" IS 'ix';
