SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."typed" NOT OF;
ALTER TABLE "public"."refers" DROP CONSTRAINT "refers_plain_fkey";
ALTER TABLE "public"."refers_parts" DROP CONSTRAINT "refers_parts_part_fkey";
ALTER TABLE "public"."typed" DROP CONSTRAINT "k16";
-- failing-cast: Where values of public.pair.a1 cannot be converted from integer to numeric(10,2), PostgreSQL refuses it. Correct these values first, or add a second attribute.
ALTER TYPE "public"."pair" ALTER ATTRIBUTE "a1" SET DATA TYPE numeric(10,2) CASCADE;
-- failing-cast: Where values of public.parts.note cannot be converted from character varying(10) to integer, PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- lossy-cast: Changing public.parts.note from character varying(10) to integer may cut, round or alter values. Look at the values that would change, choose a wider type, or add a second column.
-- change-type: public.parts.note changes from character varying(10) to integer; programs that read it must change with it. Apply it when every program that reads the column is ready, or add a second column.
-- type-rewrites-table: Changing public.parts.note from character varying(10) to integer writes every row of public.parts again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."parts" ALTER COLUMN "note" SET DATA TYPE integer USING "note"::text::integer;
-- foreign-key-scans-table: Adding public.refers_parts.refers_parts_part_fkey reads every row; nobody writes public.refers_parts or public.parts meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."refers_parts" ADD CONSTRAINT "refers_parts_part_fkey" FOREIGN KEY (part) REFERENCES public.parts(id);
-- type-rewrites-table: Changing public.plain.note from integer to bigint writes every row of public.plain again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."plain" ALTER COLUMN "note" SET DATA TYPE bigint;
-- foreign-key-scans-table: Adding public.refers.refers_plain_fkey reads every row; nobody writes public.refers or public.plain meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."refers" ADD CONSTRAINT "refers_plain_fkey" FOREIGN KEY (plain) REFERENCES public.plain(id) ON DELETE CASCADE;
-- failing-cast: Where values of public.typed.a1 cannot be converted from integer to numeric(10,2), PostgreSQL refuses it. Correct these rows, or keep the type and add a second column.
-- type-rewrites-table: Changing public.typed.a1 from integer to numeric(10,2) writes every row of public.typed again; nobody reads or writes it meanwhile. Apply it when the table is quiet, or add a second column, copy in batches and change over.
ALTER TABLE "public"."typed" ALTER COLUMN "a1" SET DATA TYPE numeric(10,2);
ALTER TABLE "public"."typed" OF "public"."pair";
-- foreign-key-scans-table: Adding public.typed.k16 reads every row; nobody writes public.typed or public.typed meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER TABLE "public"."typed" ADD CONSTRAINT "k16" FOREIGN KEY (a3) REFERENCES public.typed(a3);
COMMENT ON CONSTRAINT "refers_plain_fkey" ON "public"."refers" IS 'kept';
