SET check_function_bodies = off;
SET search_path = '';
DROP VIEW "public"."v";
DROP RULE "r1" ON "public"."t";
DROP RULE "r3" ON "public"."t";
-- type-rewrites-table: Changing public.log.a from integer to bigint writes every row of public.log again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."log" ALTER COLUMN "a" SET DATA TYPE bigint;
-- type-rewrites-table: Changing public.t.a from integer to bigint writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE bigint;
CREATE VIEW "public"."v" AS
 SELECT t.a
   FROM public.t;
CREATE RULE r1 AS
    ON UPDATE TO public.t
   WHERE (new.a > old.a) DO  INSERT INTO public.log (a)
  VALUES (new.a);
ALTER TABLE "public"."t" ENABLE ALWAYS RULE "r1";
CREATE RULE r2 AS
    ON INSERT TO public.v DO INSTEAD  INSERT INTO public.t (a)
  VALUES (new.a)
  RETURNING t.a;
COMMENT ON RULE "r1" ON "public"."t" IS 'r1';
