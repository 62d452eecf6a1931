SET check_function_bodies = off;
SET search_path = '';
DROP POLICY "p" ON "public"."t";
DROP FUNCTION "public"."allowed"(x integer);
ALTER TABLE "public"."m" ADD COLUMN "role" text;
CREATE OR REPLACE FUNCTION public.allowed(x integer, r text DEFAULT 'a'::text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$SELECT EXISTS (SELECT 1 FROM m WHERE tid = x)$function$;
CREATE POLICY "p" ON "public"."t" AS PERMISSIVE FOR ALL TO PUBLIC USING ((public.allowed(id) AND (EXISTS ( SELECT 1
   FROM public.m
  WHERE ((m.tid = t.id) AND (m.role = 'x'::text))))));
-- failing-cast: Where values of public.m.usr cannot be converted from text to uuid, PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing public.m.usr from text to uuid may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- change-type: public.m.usr changes from text to uuid; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing public.m.usr from text to uuid writes every row of public.m again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."m" ALTER COLUMN "usr" SET DATA TYPE uuid USING "usr"::uuid;
