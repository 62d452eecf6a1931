SET check_function_bodies = off;
SET search_path = '';
DROP STATISTICS public.plain;
DROP STATISTICS public.st18;
-- failing-cast: Where values of public.t1.c5 cannot be converted from integer[] to integer, PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing public.t1.c5 from integer[] to integer may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- change-type: public.t1.c5 changes from integer[] to integer; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing public.t1.c5 from integer[] to integer writes every row of public.t1 again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t1" ALTER COLUMN "c5" SET DATA TYPE integer USING CASE WHEN cardinality("c5") = 1 THEN array_to_string("c5", '')::integer ELSE "c5"::text::integer END;
CREATE STATISTICS public.st18 ON c4, c5 FROM public.t1;
ALTER STATISTICS public.st18 SET STATISTICS 50;
-- type-rewrites-table: Changing public.t1.c6 from smallint to bigint writes every row of public.t1 again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."t1" ALTER COLUMN "c6" SET DATA TYPE bigint;
CREATE STATISTICS public.plain (ndistinct) ON c4, c6 FROM public.t1;
ALTER STATISTICS public.plain SET STATISTICS 10;
COMMENT ON STATISTICS public.st18 IS 'both';
