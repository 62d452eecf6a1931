SET check_function_bodies = off;
SET search_path = '';
ALTER DOMAIN "public"."d" DROP CONSTRAINT "d_check";
ALTER TABLE "public"."t" DROP COLUMN "c";
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" DROP DEFAULT;
ALTER TABLE "public"."t" DROP CONSTRAINT "t_b_check";
DROP INDEX "public"."i";
DROP VIEW "public"."v";
DROP VIEW "public"."v2";
DROP FUNCTION "public"."g"(x integer);
DROP TRIGGER "tr" ON "public"."t";
DROP POLICY "p" ON "public"."t";
DROP FUNCTION "public"."f"(a integer);
CREATE OR REPLACE FUNCTION public.f(a integer)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT a::bigint$function$;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" SET DEFAULT public.f(1);
CREATE OR REPLACE FUNCTION public.g(x integer)
 RETURNS integer
 LANGUAGE sql
BEGIN ATOMIC
 SELECT ((public.f(x) + 1))::integer AS int4;
END;
CREATE VIEW "public"."v" AS
 SELECT public.f(t.a) AS x
   FROM public.t;
CREATE VIEW "public"."v2" AS
 SELECT public.g(1) AS y;
CREATE TRIGGER tr BEFORE INSERT ON public.t FOR EACH ROW WHEN ((public.f(new.a) > 0)) EXECUTE FUNCTION public.tf();
CREATE POLICY "p" ON "public"."t" AS PERMISSIVE FOR ALL TO PUBLIC USING ((public.f(a) > 0)) WITH CHECK ((public.f(b) > 1));
ALTER DOMAIN "public"."d" ADD CONSTRAINT "d_check" CHECK ((public.f(VALUE) > 0));
-- column-rewrites-table: Adding public.t.c computes a value for every row and writes public.t again; nobody reads or writes it meanwhile. Add it without the default, fill it in batches, then set the default.
ALTER TABLE "public"."t" ADD COLUMN "c" bigint GENERATED ALWAYS AS (public.f(b)) STORED;
-- check-scans-table: Adding public.t.t_b_check reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "t_b_check" CHECK ((public.f(b) > 0));
-- index-blocks-writes: Building public.i reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i ON public.t USING btree (public.f(a));
