SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" DROP DEFAULT;
DROP FUNCTION "public"."f"(x public.r);
CREATE TYPE "public"."tr" AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = pg_catalog.text_pattern_ops, COLLATION = pg_catalog."C", MULTIRANGE_TYPE_NAME = public.tr_multirange);
ALTER TYPE "public"."r" RENAME TO "r__old";
ALTER TYPE public.r_multirange RENAME TO "r__oldmany";
ALTER FUNCTION "public"."r"(double precision, double precision) RENAME TO "r__old";
ALTER FUNCTION "public"."r"(double precision, double precision, text) RENAME TO "r__old";
ALTER FUNCTION public.r_multirange() RENAME TO "r__oldmany";
ALTER FUNCTION public.r_multirange("public"."r__old") RENAME TO "r__oldmany";
ALTER FUNCTION public.r_multirange(VARIADIC "public"."r__old"[]) RENAME TO "r__oldmany";
CREATE TYPE "public"."r" AS RANGE (SUBTYPE = double precision, MULTIRANGE_TYPE_NAME = public.rr);
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE public.r USING "a"::text::public.r;
ALTER TABLE "public"."t" ADD COLUMN "b" public.rr;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" SET DEFAULT '[1,3)'::public.r;
CREATE OR REPLACE FUNCTION public.f(x public.r)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT 1$function$;
DROP TYPE "public"."r__old";
COMMENT ON TYPE "public"."r" IS 'r2';
