SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."releases" DROP CONSTRAINT "releases_v_check";
DROP OPERATOR public.== (public.version, public.version);
DROP FUNCTION "public"."same"(a public.version, b public.version);
DROP INDEX "public"."releases_v";
CREATE OR REPLACE FUNCTION public.compare(a public.version, b public.version)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT 0$function$;
CREATE OR REPLACE FUNCTION public.same(x public.version, y public.version)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT (x).major = (y).major$function$;
CREATE OPERATOR public.== (FUNCTION = public.same, LEFTARG = public.version, RIGHTARG = public.version, COMMUTATOR = OPERATOR(public.==));
CREATE OPERATOR FAMILY public.by_version USING btree;
CREATE OPERATOR CLASS public.by_version DEFAULT FOR TYPE public.version USING btree FAMILY public.by_version AS STORAGE public.version, OPERATOR 3 public.==(public.version,public.version), FUNCTION 1 (public.version, public.version) public.compare(public.version,public.version);
-- check-scans-table: Adding public.releases.releases_v_check reads every row; nobody reads or writes public.releases meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."releases" ADD CONSTRAINT "releases_v_check" CHECK ((v OPERATOR(public.==) v));
-- index-blocks-writes: Building public.releases_v reads every row; nobody writes public.releases meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX releases_v ON public.releases USING btree (v);
