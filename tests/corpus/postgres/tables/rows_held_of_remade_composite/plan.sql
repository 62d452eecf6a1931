SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."base" ADD COLUMN "made" date DEFAULT '2020-01-01'::date;
ALTER TABLE ONLY "public"."box" ALTER COLUMN "made" SET DEFAULT '2020-01-01'::date;
-- failing-cast: Where values of public.size.height cannot be converted from integer to bigint, PostgreSQL refuses it. Correct these values first, or add a second attribute.
ALTER TYPE "public"."size" RENAME TO "size__old";
CREATE TYPE "public"."size" AS (
    "height" bigint,
    "width" integer,
    "depth" integer
);
ALTER TABLE "public"."base" ALTER COLUMN "size" SET DATA TYPE public.size USING CASE WHEN "size" IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(("size")."height"::text::bigint, ("size")."width"::text::integer, NULL)::public.size END;
DROP TYPE "public"."size__old";
-- type-rewrites-table: Changing public.store.kept from integer to bigint writes every row of public.store again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."store" ALTER COLUMN "kept" SET DATA TYPE bigint;
