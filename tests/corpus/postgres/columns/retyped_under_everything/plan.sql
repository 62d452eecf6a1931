SET check_function_bodies = off;
SET search_path = '';
DROP MATERIALIZED VIEW "public"."m";
DROP VIEW "public"."w";
DROP VIEW "public"."v";
DROP RULE "r" ON "public"."t";
DROP TRIGGER "tr" ON "public"."t";
DROP POLICY "p" ON "public"."t";
-- type-rewrites-table: Changing public.t.a from integer to bigint writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE bigint;
CREATE VIEW "public"."v" AS
 SELECT t.a,
    t.b
   FROM public.t;
CREATE VIEW "public"."w" AS
 SELECT v.a
   FROM public.v;
-- refills-materialized-view: public.m is dropped and filled anew by its query; nobody reads it meanwhile. Apply it when it is not needed, or make the new one under another name and exchange them.
CREATE MATERIALIZED VIEW "public"."m" AS
 SELECT w.a
   FROM public.w;
CREATE INDEX mi ON public.m USING btree (a);
CREATE RULE r AS
    ON INSERT TO public.t
   WHERE (new.a > 5) DO NOTHING;
CREATE TRIGGER tr BEFORE UPDATE OF a ON public.t FOR EACH ROW WHEN ((new.a > 1)) EXECUTE FUNCTION public.tf();
CREATE POLICY "p" ON "public"."t" AS PERMISSIVE FOR ALL TO PUBLIC USING ((a > 1));
COMMENT ON VIEW "public"."v" IS 'view';
COMMENT ON COLUMN "public"."v"."a" IS 'col';
