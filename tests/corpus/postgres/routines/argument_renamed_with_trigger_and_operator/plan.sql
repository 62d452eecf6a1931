SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."t" DROP CONSTRAINT "t_x_check";
DROP INDEX "public"."i";
DROP OPERATOR public.=== (integer, integer);
DROP FUNCTION "public"."eq"(a integer, b integer);
DROP VIEW "public"."v";
DROP AGGREGATE public.ag(integer);
DROP FUNCTION "public"."sf"(s integer, v integer);
CREATE OR REPLACE FUNCTION public.eq(l integer, r integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT l = r$function$;
CREATE OR REPLACE FUNCTION public.sf(state integer, val integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT state + val$function$;
CREATE AGGREGATE public.ag(integer) (SFUNC = public.sf, STYPE = integer, INITCOND = '0');
CREATE OPERATOR public.=== (FUNCTION = public.eq, LEFTARG = integer, RIGHTARG = integer);
CREATE VIEW "public"."v" AS
 SELECT public.ag(t.x) AS q
   FROM public.t;
-- check-scans-table: Adding public.t.t_x_check reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "t_x_check" CHECK ((x OPERATOR(public.===) 1));
-- index-blocks-writes: Building public.i reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i ON public.t USING btree (((x OPERATOR(public.===) 2)));
