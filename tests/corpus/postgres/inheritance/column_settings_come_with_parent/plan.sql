SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE "public"."p" ADD COLUMN "a" text;
ALTER TABLE ONLY "public"."p" ALTER COLUMN "a" SET STORAGE MAIN;
ALTER TABLE ONLY "public"."c" ALTER COLUMN "a" SET STORAGE MAIN;
ALTER TABLE "public"."p" ADD COLUMN "b" integer DEFAULT 1;
CREATE TABLE "public"."d" (
)
INHERITS ("public"."p");
ALTER TABLE ONLY "public"."d" ALTER COLUMN "a" SET STORAGE EXTENDED;
ALTER TABLE ONLY "public"."d" ALTER COLUMN "a" DROP DEFAULT;
ALTER TABLE ONLY "public"."d" ALTER COLUMN "b" SET DEFAULT 1;
-- add-required-column: public.c.b wants a value and has no default: where public.c has rows, PostgreSQL refuses it. Give it a default, or add it without the condition and fill it first.
ALTER TABLE ONLY "public"."c" ALTER COLUMN "b" DROP DEFAULT;
ALTER TABLE ONLY "public"."c" ALTER COLUMN "b" SET NOT NULL;
ALTER TABLE ONLY "public"."c" ALTER COLUMN "b" SET STATISTICS 50;
ALTER TABLE "public"."r" ADD COLUMN "a" text;
ALTER TABLE ONLY "public"."r" ALTER COLUMN "a" SET STORAGE EXTERNAL;
ALTER TABLE "public"."r" ADD COLUMN "b" integer DEFAULT 1;
ALTER TABLE ONLY "public"."r_1" ALTER COLUMN "a" SET STORAGE EXTERNAL;
ALTER TABLE ONLY "public"."r_1" ALTER COLUMN "b" DROP DEFAULT;
ALTER TABLE ONLY "public"."r_1" ALTER COLUMN "b" SET (n_distinct=5);
