SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."t" DROP CONSTRAINT "t_n_check";
CREATE COLLATION b.gone (PROVIDER = libc, LOCALE = 'POSIX');
ALTER TYPE "public"."c" RENAME TO "c__old";
ALTER TYPE "public"."r" RENAME TO "r__old";
ALTER TYPE public.r_multirange RENAME TO "r__oldmany";
ALTER FUNCTION "public"."r"(text, text) RENAME TO "r__old";
ALTER FUNCTION "public"."r"(text, text, text) RENAME TO "r__old";
ALTER FUNCTION public.r_multirange() RENAME TO "r__oldmany";
ALTER FUNCTION public.r_multirange("public"."r__old") RENAME TO "r__oldmany";
ALTER FUNCTION public.r_multirange(VARIADIC "public"."r__old"[]) RENAME TO "r__oldmany";
ALTER COLLATION "a"."My C" RENAME TO "My C__old";
CREATE COLLATION a."My C" (PROVIDER = libc, LOCALE = 'POSIX');
CREATE TYPE "public"."c" AS (
    "x" text COLLATE a."My C"
);
CREATE TYPE "public"."r" AS RANGE (SUBTYPE = text, COLLATION = a."My C", MULTIRANGE_TYPE_NAME = public.r_multirange);
ALTER TABLE "public"."t" ALTER COLUMN "n" SET DATA TYPE text COLLATE a."My C";
ALTER TABLE "public"."u" ALTER COLUMN "c" SET DATA TYPE public.c USING "c"::text::public.c;
ALTER TABLE "public"."u" ALTER COLUMN "r" SET DATA TYPE public.r USING "r"::text::public.r;
-- check-scans-table: Adding public.t.t_n_check reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "t_n_check" CHECK ((n > ('a'::text COLLATE a."My C")));
DROP TYPE "public"."r__old";
DROP TYPE "public"."c__old";
DROP COLLATION "a"."My C__old";
-- collation-rebuilds-indexes: Changing the collation of public.t.m builds the indexes on it anew; nobody reads or writes public.t meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."t" ALTER COLUMN "m" SET DATA TYPE text COLLATE b.gone;
DROP COLLATION a.gone;
ALTER COLLATION a."My C" OWNER TO "pair_owner";
