SET check_function_bodies = off;
SET search_path = '';
ALTER SERVER a VERSION '2' OPTIONS (ADD "dbname" 'd', SET "host" 'y', DROP "port");
CREATE USER MAPPING FOR PUBLIC SERVER a;
ALTER USER MAPPING FOR postgres SERVER a OPTIONS (SET "user" 'v', DROP "password");
ALTER FOREIGN TABLE "public"."ft" OPTIONS (ADD "schema_name" 's', SET "table_name" 'u');
ALTER FOREIGN TABLE "public"."ft" ADD COLUMN "c" date DEFAULT now();
ALTER FOREIGN TABLE "public"."ft" ALTER COLUMN "a" SET DATA TYPE bigint;
ALTER FOREIGN TABLE "public"."ft" ALTER COLUMN "a" SET NOT NULL;
-- check-violations: Where rows of public.ft do not satisfy it, PostgreSQL refuses public.ft.k. Correct these rows first, or loosen the check.
-- check-scans-table: Adding public.ft.k reads every row; nobody reads or writes public.ft meanwhile. Add it NOT VALID, and validate it in another transaction.
ALTER FOREIGN TABLE "public"."ft" ADD CONSTRAINT "k" CHECK ((a > 0));
ALTER FOREIGN TABLE "public"."ft" ALTER COLUMN "b" OPTIONS (SET "column_name" 'cc');
COMMENT ON SERVER a IS 'srv';
COMMENT ON FOREIGN TABLE "public"."ft" IS 'far';
COMMENT ON COLUMN "public"."ft"."b" IS 'col';
