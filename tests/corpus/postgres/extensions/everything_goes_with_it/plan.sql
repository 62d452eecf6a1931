SET check_function_bodies = off;
SET search_path = '';
DROP FUNCTION "public"."f"();
DROP INDEX "public"."t_a";
DROP MATERIALIZED VIEW "public"."m";
DROP TRIGGER "touched" ON "public"."t";
-- drop-extension: Dropping the extension citext drops what it holds, tables of its own included. Let it be if anything outside of the database's own objects uses it.
DROP EXTENSION "citext";
CREATE OR REPLACE FUNCTION public.f()
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT 1$function$;
-- index-blocks-writes: Building public.t_a reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX t_a ON public.t USING btree (a);
-- refills-materialized-view: public.m is dropped and filled anew by its query; nobody reads it meanwhile. Apply it when it is not needed, or make the new one under another name and exchange them.
CREATE MATERIALIZED VIEW "public"."m" AS
 SELECT t.a
   FROM public.t;
CREATE TRIGGER touched BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.touch();
