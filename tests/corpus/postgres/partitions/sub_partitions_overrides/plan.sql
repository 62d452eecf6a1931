SET check_function_bodies = off;
SET search_path = '';
CREATE TABLE "public"."p1a__rows" AS SELECT "a", "b", "c" FROM ONLY "public"."p1a";
-- remake-table: public.p1a cannot become what is wanted where it stands: it is made again, and its rows are copied out and back; nobody reads or writes it meanwhile. Apply it when the table is quiet and in one transaction, or make the new table beside the old one and change over.
-- rows-outside-partition: Where rows of public.p1a fit none of its partitions, PostgreSQL refuses them. Add a partition for them, such as a DEFAULT one, or move these rows first.
DROP TABLE "public"."p1a";
CREATE TABLE "public"."p1a" (
    "a" integer NOT NULL,
    "b" integer,
    "c" text DEFAULT 'x'::text
)
PARTITION BY HASH (c);
CREATE TABLE "public"."p1a0" (
    "a" integer NOT NULL,
    "b" integer,
    "c" text DEFAULT 'x'::text
);
ALTER TABLE ONLY "public"."p1" ATTACH PARTITION "public"."p1a" FOR VALUES IN (1);
ALTER TABLE "public"."p1a0" ADD CONSTRAINT "ck" CHECK ((a > 3));
ALTER TABLE ONLY "public"."p1a" ATTACH PARTITION "public"."p1a0" FOR VALUES WITH (modulus 1, remainder 0);
INSERT INTO "public"."p1a" ("a", "b", "c") SELECT "a", "b", "c" FROM "public"."p1a__rows";
DROP TABLE "public"."p1a__rows";
-- null-values: Where public.p1b.b holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making public.p1b.b NOT NULL reads every row; nobody reads or writes public.p1b meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "public"."p1b" ALTER COLUMN "b" SET NOT NULL;
ALTER TABLE ONLY "public"."p1b" ALTER COLUMN "c" SET STATISTICS 5;
ALTER TABLE ONLY "public"."p1b" ALTER COLUMN "c" SET STORAGE MAIN;
-- index-blocks-writes: Building public.p1b_c_idx reads every row; nobody writes public.p1b meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX p1b_c_idx ON public.p1b USING btree (c);
ALTER TABLE ONLY "public"."p1b" ALTER COLUMN "c" SET DEFAULT 'own'::text;
