SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE ONLY "public"."t" ALTER COLUMN "s" DROP DEFAULT;
DROP FUNCTION "public"."f"(public.e);
DROP PROCEDURE "public"."p"(IN public.e[]);
DROP MATERIALIZED VIEW "public"."m";
DROP VIEW "public"."w";
DROP VIEW "public"."v";
-- enum-value-in-use: Where public.t.s holds 'b', which leaves the enum public.e, PostgreSQL refuses it. Change these rows to a value that stays. If a value has a new name, rename it first (ALTER TYPE … RENAME VALUE).
-- enum-rewrites-table: Replacing the enum public.e writes public.t.s and every row with it again; nobody reads or writes the table meanwhile. Keep the values that are there and add new ones, or apply it when the table is quiet.
ALTER TYPE "public"."e" RENAME TO "e__old";
CREATE TYPE "public"."e" AS ENUM ('a', 'c');
ALTER TABLE "public"."t" ALTER COLUMN "s" SET DATA TYPE public.e USING "s"::text::public.e;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "s" SET DEFAULT 'a'::public.e;
CREATE OR REPLACE FUNCTION public.f(public.e DEFAULT 'a'::public.e)
 RETURNS SETOF public.t
 LANGUAGE sql
AS $function$SELECT * FROM t WHERE s = $1$function$;
CREATE OR REPLACE PROCEDURE public.p(IN public.e[])
 LANGUAGE sql
AS $procedure$SELECT 1$procedure$;
CREATE VIEW "public"."v" AS
 SELECT t.id,
    t.s
   FROM public.t
  WHERE (t.s = 'a'::public.e);
CREATE VIEW "public"."w" AS
 SELECT v.s,
    count(*) AS n
   FROM public.v
  GROUP BY v.s;
-- refills-materialized-view: public.m is dropped and filled anew by its query; nobody reads it meanwhile. Apply it when it is not needed, or make the new one under another name and exchange them.
CREATE MATERIALIZED VIEW "public"."m" AS
 SELECT w.s,
    w.n
   FROM public.w;
CREATE UNIQUE INDEX mi ON public.m USING btree (s);
DROP TYPE "public"."e__old";
