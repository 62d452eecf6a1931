SET check_function_bodies = off;
SET search_path = '';
DROP POLICY "P 4" ON "public"."t";
DROP POLICY "p2" ON "public"."t";
DROP POLICY "p3" ON "public"."t";
CREATE POLICY "p3" ON "public"."t" AS PERMISSIVE FOR DELETE TO PUBLIC USING (true);
-- type-rewrites-table: Changing public.t.a from integer to bigint writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE bigint;
CREATE POLICY "P 4" ON "public"."t" AS PERMISSIVE FOR ALL TO PUBLIC USING ((a IN ( SELECT 1))) WITH CHECK ((a > 3));
CREATE POLICY "p2" ON "public"."t" AS PERMISSIVE FOR UPDATE TO "pr B" USING ((a > 0));
CREATE POLICY "p5" ON "public"."t" AS PERMISSIVE FOR UPDATE TO PUBLIC WITH CHECK ((a > 3));
ALTER POLICY "p1" ON "public"."t" TO PUBLIC USING ((owner = SESSION_USER));
COMMENT ON POLICY "P 4" ON "public"."t" IS 'four';
COMMENT ON POLICY "p1" ON "public"."t" IS NULL;
