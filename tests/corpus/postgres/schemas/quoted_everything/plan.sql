SET check_function_bodies = off;
SET search_path = '';
CREATE TYPE "My Schema"."E e" AS ENUM ('x y', 'it''s');
CREATE OR REPLACE FUNCTION "My Schema"."F f"("P p" integer)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT 1$function$;
-- failing-cast: Where values of My Schema.T.1.C"c cannot be converted from text to "My Schema"."E e", PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing My Schema.T.1.C"c from text to "My Schema"."E e" may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- change-type: My Schema.T.1.C"c changes from text to "My Schema"."E e"; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing My Schema.T.1.C"c from text to "My Schema"."E e" writes every row of My Schema.T.1 again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "My Schema"."T.1" ALTER COLUMN "C""c" SET DATA TYPE "My Schema"."E e" USING "C""c"::"My Schema"."E e";
ALTER TABLE ONLY "My Schema"."T.1" ALTER COLUMN "C""c" SET DEFAULT 'x y'::"My Schema"."E e";
-- index-blocks-writes: Building My Schema.I i reads every row; nobody writes My Schema.T.1 meanwhile. Build it with CREATE INDEX CONCURRENTLY beforehand: the next comparison finds it.
CREATE INDEX "I i" ON "My Schema"."T.1" USING btree ("C""c");
-- type-rewrites-table: Changing My Schema.T.1.a.b from integer to bigint writes every row of My Schema.T.1 again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
-- null-values: Where My Schema.T.1.a.b holds NULL, PostgreSQL refuses NOT NULL. Fill these rows first, or keep the column optional.
-- not-null-scans-table: Making My Schema.T.1.a.b NOT NULL reads every row; nobody reads or writes My Schema.T.1 meanwhile. Apply it when the table is quiet, or while it is small.
ALTER TABLE "My Schema"."T.1" ALTER COLUMN "a.b" SET DATA TYPE bigint;
ALTER TABLE "My Schema"."T.1" ALTER COLUMN "a.b" SET NOT NULL;
ALTER TABLE "My Schema"."T.1" ALTER COLUMN "a.b" ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME "My Schema"."T.1_a.b_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);
SELECT pg_catalog.setval('"My Schema"."T.1_a.b_seq"', max("a.b")) FROM "My Schema"."T.1" HAVING max("a.b") >= 1 AND max("a.b") BETWEEN 1 AND 9223372036854775807;
CREATE VIEW "My Schema"."V v" AS
 SELECT "T.1"."a.b"
   FROM "My Schema"."T.1";
COMMENT ON COLUMN "My Schema"."T.1"."a.b" IS 'q';
COMMENT ON COLUMN "My Schema"."V v"."a.b" IS 'r';
COMMENT ON FUNCTION "My Schema"."F f"("P p" integer) IS 's';
