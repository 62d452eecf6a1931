SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."person" DROP CONSTRAINT "person_home_check";
DROP INDEX "public"."person_zip_idx";
DROP VIEW "public"."homes";
ALTER TABLE "public"."person" ALTER COLUMN "home" SET DATA TYPE text USING "home"::text;
ALTER TABLE "public"."person" ALTER COLUMN "others" SET DATA TYPE text USING "others"::text;
ALTER TABLE "public"."address" ADD COLUMN "country" text DEFAULT 'de'::text;
ALTER TABLE "public"."person" ALTER COLUMN "others" SET DATA TYPE public.address[] USING "others"::public.address[];
ALTER TABLE "public"."person" ALTER COLUMN "home" SET DATA TYPE public.address USING regexp_replace("home", '[)]$', ',)')::public.address;
ALTER TABLE "public"."person" ALTER COLUMN "home" SET DATA TYPE text USING "home"::text;
ALTER TABLE "public"."person" ALTER COLUMN "others" SET DATA TYPE text USING "others"::text;
ALTER TABLE "public"."address" ADD COLUMN "code" public.code;
ALTER TABLE "public"."person" ALTER COLUMN "others" SET DATA TYPE public.address[] USING "others"::public.address[];
ALTER TABLE "public"."person" ALTER COLUMN "home" SET DATA TYPE public.address USING regexp_replace("home", '[)]$', ',)')::public.address;
ALTER TABLE "public"."person" ALTER COLUMN "home" SET DATA TYPE text USING "home"::text;
ALTER TABLE "public"."person" ALTER COLUMN "others" SET DATA TYPE text USING "others"::text;
ALTER TABLE "public"."address" ALTER COLUMN "zip" SET DATA TYPE character varying(10);
ALTER TABLE "public"."person" ALTER COLUMN "others" SET DATA TYPE public.address[] USING "others"::text::public.address[];
ALTER TABLE "public"."person" ALTER COLUMN "home" SET DATA TYPE public.address USING "home"::text::public.address;
-- check-scans-table: Adding public.person.person_home_check reads every row; nobody reads or writes public.person meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."person" ADD CONSTRAINT "person_home_check" CHECK ((((home).zip)::text <> ''::text));
-- index-blocks-writes: Building public.person_zip_idx reads every row; nobody writes public.person meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX person_zip_idx ON public.person USING btree (((home).zip));
-- type-rewrites-table: Changing public.person.id from integer to bigint writes every row of public.person again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."person" ALTER COLUMN "id" SET DATA TYPE bigint;
CREATE VIEW "public"."homes" AS
 SELECT person.id,
    (person.home).street AS street,
    (person.home).country AS country
   FROM public.person;
