SET check_function_bodies = off;
SET search_path = '';
-- failing-cast: Where values of the domain public.dom3 cannot be converted from integer to integer[], PostgreSQL refuses it. Correct these values first.
ALTER DOMAIN "public"."dom3" RENAME TO "dom3__old";
ALTER TYPE "public"."comp4" RENAME TO "comp4__old";
CREATE DOMAIN "public"."dom3" AS integer[];
CREATE TYPE "public"."comp4" AS (
    "a1" integer,
    "a2" public.dom3
);
ALTER TABLE "public"."t6" ALTER COLUMN "c8" SET DATA TYPE public.comp4[] USING "c8"::text::public.comp4[];
ALTER TABLE ONLY "public"."below" ALTER COLUMN "c8" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."t6" ALTER COLUMN "c8" SET STORAGE PLAIN;
DROP TYPE "public"."comp4__old";
DROP DOMAIN "public"."dom3__old";
ALTER TABLE ONLY "public"."below" ALTER COLUMN "c8" SET STORAGE EXTERNAL;
