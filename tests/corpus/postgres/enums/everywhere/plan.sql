SET check_function_bodies = off;
SET search_path = '';
CREATE TABLE "public"."p__rows" AS SELECT "k"::text AS "k", "v" FROM "public"."p" WHERE tableoid NOT IN ('"public"."p_a"'::regclass, '"public"."p_b"'::regclass);
ALTER TABLE "public"."p" DETACH PARTITION "public"."p_a";
ALTER TABLE "public"."p" DETACH PARTITION "public"."p_b";
-- remake-table: public.p cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile. Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over.
-- rows-outside-partition: Where rows of public.p fit none of its partitions, PostgreSQL refuses them. Add a partition for them, such as a DEFAULT one, or move these rows first.
DROP TABLE "public"."p";
ALTER TABLE "public"."t" DROP COLUMN "g";
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" DROP DEFAULT;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" DROP DEFAULT;
ALTER TABLE "public"."t" DROP CONSTRAINT "cc";
ALTER TABLE "public"."t" DROP CONSTRAINT "t_a_check";
DROP INDEX "public"."i";
DROP INDEX "public"."i2";
DROP VIEW "public"."v";
DROP FUNCTION "public"."f"(x public.e);
-- enum-value-in-use: Where public.p_a.k, public.p_b.k, public.t.a, public.t.b holds 'b', which leaves the enum public.e, PostgreSQL refuses it. Change these rows to a value that stays. If a value has a new name, rename it first (ALTER TYPE … RENAME VALUE).
-- enum-rewrites-table: Replacing the enum public.e writes public.p_a.k and every row with it again; nobody reads or writes the table meanwhile. Keep the values that are there and add new ones, or apply it when the table is quiet.
-- enum-rewrites-table: Replacing the enum public.e writes public.p_b.k and every row with it again; nobody reads or writes the table meanwhile. Keep the values that are there and add new ones, or apply it when the table is quiet.
-- enum-rewrites-table: Replacing the enum public.e writes public.t.a and every row with it again; nobody reads or writes the table meanwhile. Keep the values that are there and add new ones, or apply it when the table is quiet.
-- enum-rewrites-table: Replacing the enum public.e writes public.t.b and every row with it again; nobody reads or writes the table meanwhile. Keep the values that are there and add new ones, or apply it when the table is quiet.
ALTER TYPE "public"."e" RENAME TO "e__old";
ALTER DOMAIN "public"."de" RENAME TO "de__old";
ALTER TYPE "public"."ce" RENAME TO "ce__old";
CREATE TYPE "public"."e" AS ENUM ('c', 'a', 'd');
CREATE DOMAIN "public"."de" AS public.e DEFAULT 'a'::public.e;
ALTER DOMAIN "public"."de" ADD CONSTRAINT "de_check" CHECK ((VALUE <> 'd'::public.e));
CREATE TYPE "public"."ce" AS (
    "x" public.e,
    "y" public.e[]
);
ALTER TABLE "public"."p_a" ALTER COLUMN "k" SET DATA TYPE public.e USING "k"::text::public.e;
ALTER TABLE "public"."p_b" ALTER COLUMN "k" SET DATA TYPE public.e USING "k"::text::public.e;
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE public.e USING "a"::text::public.e;
ALTER TABLE "public"."t" ALTER COLUMN "b" SET DATA TYPE public.e[] USING "b"::text::public.e[];
ALTER TABLE "public"."t" ALTER COLUMN "c" SET DATA TYPE public.de USING "c"::text::public.de;
ALTER TABLE "public"."t" ALTER COLUMN "d" SET DATA TYPE public.ce USING "d"::text::public.ce;
CREATE TABLE "public"."p" (
    "k" public.e NOT NULL,
    "v" integer
)
PARTITION BY LIST (k);
-- column-rewrites-table: Adding public.t.g computes a value for every row and writes public.t again; nobody reads or writes it meanwhile. Add it without the default, fill it in batches, then set the default.
ALTER TABLE "public"."t" ADD COLUMN "g" boolean GENERATED ALWAYS AS ((a = 'a'::public.e)) STORED;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" SET DEFAULT 'a'::public.e;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" SET DEFAULT ARRAY['a'::public.e, 'd'::public.e];
-- rows-outside-partition: Where public.p_a has rows that do not belong to FOR VALUES IN ('a') of public.p, PostgreSQL refuses it. Move these rows first.
ALTER TABLE ONLY "public"."p" ATTACH PARTITION "public"."p_a" FOR VALUES IN ('a');
-- rows-outside-partition: Where public.p_b has rows that do not belong to FOR VALUES IN ('c', 'd') of public.p, PostgreSQL refuses it. Move these rows first.
ALTER TABLE ONLY "public"."p" ATTACH PARTITION "public"."p_b" FOR VALUES IN ('c', 'd');
INSERT INTO "public"."p" ("k", "v") SELECT "k"::public.e, "v" FROM "public"."p__rows";
DROP TABLE "public"."p__rows";
CREATE OR REPLACE FUNCTION public.f(x public.e DEFAULT 'a'::public.e)
 RETURNS public.e
 LANGUAGE sql
AS $function$SELECT x$function$;
-- check-violations: Where rows of public.t do not satisfy it, PostgreSQL refuses public.t.cc. Correct these rows first, or loosen the check.
-- check-scans-table: Adding public.t.cc reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "cc" CHECK ((a = ANY (ARRAY['a'::public.e, 'd'::public.e])));
-- check-scans-table: Adding public.t.t_a_check reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "t_a_check" CHECK ((a <> 'c'::public.e));
-- index-blocks-writes: Building public.i reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i ON public.t USING btree (a) WHERE (a = 'a'::public.e);
-- duplicate-rows: Where rows of public.t are equal in what public.i2 makes unique, PostgreSQL refuses it. Remove or merge the duplicates first.
-- index-blocks-writes: Building public.i2 reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE UNIQUE INDEX i2 ON public.t USING btree (id, ((a = 'd'::public.e)));
CREATE VIEW "public"."v" AS
 SELECT t.a,
    t.b,
    public.f(t.a) AS fa
   FROM public.t
  WHERE (t.a = 'a'::public.e);
DROP TYPE "public"."ce__old";
DROP DOMAIN "public"."de__old";
DROP TYPE "public"."e__old";
