SET check_function_bodies = off;
SET search_path = '';
DROP FUNCTION "public"."f"();
DROP FUNCTION "public"."g"(x public.v);
DROP MATERIALIZED VIEW "public"."m";
DROP POLICY "p" ON "public"."t";
DROP VIEW "public"."v2";
DROP VIEW "public"."v";
-- type-rewrites-table: Changing public.t.a from integer to bigint writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE bigint;
CREATE VIEW "public"."v" AS
 SELECT t.id,
    t.a
   FROM public.t;
CREATE OR REPLACE FUNCTION public.f()
 RETURNS SETOF public.v
 LANGUAGE sql
AS $function$SELECT * FROM v$function$;
CREATE OR REPLACE FUNCTION public.g(x public.v)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT 1$function$;
CREATE VIEW "public"."v2" AS
 SELECT v.a
   FROM public.v
  WHERE (v.a > 0);
-- refills-materialized-view: public.m is dropped and filled anew by its query; nobody reads it meanwhile. Apply it when it is not needed, or make the new one under another name and exchange them.
CREATE MATERIALIZED VIEW "public"."m" AS
 SELECT v.a,
    count(*) AS n
   FROM public.v
  GROUP BY v.a;
CREATE UNIQUE INDEX mi ON public.m USING btree (a);
CREATE RULE r AS
    ON INSERT TO public.v DO INSTEAD  INSERT INTO public.t (a)
  VALUES (new.a);
CREATE TRIGGER tr INSTEAD OF UPDATE ON public.v FOR EACH ROW EXECUTE FUNCTION public.tf();
CREATE POLICY "p" ON "public"."t" AS PERMISSIVE FOR ALL TO PUBLIC USING ((a IN ( SELECT v2.a
   FROM public.v2)));
GRANT SELECT ("a") ON TABLE "public"."v" TO PUBLIC;
GRANT SELECT ON TABLE "public"."m" TO PUBLIC;
COMMENT ON COLUMN "public"."m"."n" IS 'how many';
COMMENT ON RULE "r" ON "public"."v" IS 'rul';
COMMENT ON TRIGGER "tr" ON "public"."v" IS 'trig';
COMMENT ON POLICY "p" ON "public"."t" IS 'pol';
