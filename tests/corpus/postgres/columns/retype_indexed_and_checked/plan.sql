SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."t" DROP CONSTRAINT "ck";
ALTER TABLE "public"."t" DROP CONSTRAINT "ck2";
DROP INDEX "public"."i1";
DROP INDEX "public"."i2";
DROP INDEX "public"."i3";
DROP STATISTICS public.st2;
-- failing-cast: Where values of public.t.a cannot be converted from text to integer, PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing public.t.a from text to integer may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- change-type: public.t.a changes from text to integer; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing public.t.a from text to integer writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE integer USING "a"::integer;
-- check-violations: Where rows of public.t do not satisfy it, PostgreSQL refuses public.t.ck. Correct these rows first, or loosen the check.
-- check-scans-table: Adding public.t.ck reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "ck" CHECK ((a > 0));
-- index-blocks-writes: Building public.i1 reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i1 ON public.t USING btree (a);
-- index-blocks-writes: Building public.i2 reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i2 ON public.t USING btree (((a + 1))) WHERE (a > 5);
-- change-type: public.t.b changes from integer to text; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing public.t.b from integer to text writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "b" SET DATA TYPE text;
-- check-violations: Where rows of public.t do not satisfy it, PostgreSQL refuses public.t.ck2. Correct these rows first, or loosen the check.
-- check-scans-table: Adding public.t.ck2 reads every row; nobody reads or writes public.t meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."t" ADD CONSTRAINT "ck2" CHECK ((b <> ''::text));
CREATE STATISTICS public.st2 ON b, (a * 2) FROM public.t;
-- failing-cast: Where values of public.t.c cannot be converted from character varying(10) to integer, PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing public.t.c from character varying(10) to integer may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- change-type: public.t.c changes from character varying(10) to integer; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing public.t.c from character varying(10) to integer writes every row of public.t again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t" ALTER COLUMN "c" SET DATA TYPE integer USING "c"::text::integer;
-- index-blocks-writes: Building public.i3 reads every row; nobody writes public.t meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX i3 ON public.t USING btree (c DESC) INCLUDE (b);
