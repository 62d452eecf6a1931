SET check_function_bodies = off;
SET search_path = '';
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" DROP DEFAULT;
DROP FUNCTION "public"."f"(x public.d2);
DROP VIEW "public"."v";
-- failing-cast: Where values of the domain public.d cannot be converted from integer to bigint, PostgreSQL refuses it. Correct these values first.
ALTER DOMAIN "public"."d" RENAME TO "d__old";
ALTER DOMAIN "public"."d2" RENAME TO "d2__old";
CREATE DOMAIN "public"."d" AS bigint DEFAULT 2;
ALTER DOMAIN "public"."d" ADD CONSTRAINT "odd" CHECK (((VALUE % (2)::bigint) = 1));
ALTER DOMAIN "public"."d" ADD CONSTRAINT "pos" CHECK ((VALUE > 1));
CREATE DOMAIN "public"."d2" AS public.d DEFAULT 2 NOT NULL;
ALTER DOMAIN "public"."d2" ADD CONSTRAINT "d2_check" CHECK (((VALUE)::bigint < 1000));
ALTER TABLE "public"."t" ALTER COLUMN "a" SET DATA TYPE public.d USING "a"::text::public.d;
ALTER TABLE "public"."t" ALTER COLUMN "b" SET DATA TYPE public.d2 USING "b"::text::public.d2;
ALTER TABLE "public"."t" ALTER COLUMN "c" SET DATA TYPE public.d[] USING "c"::text::public.d[];
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" SET DEFAULT 5;
CREATE OR REPLACE FUNCTION public.f(x public.d2)
 RETURNS public.d
 LANGUAGE sql
AS $function$SELECT x$function$;
CREATE VIEW "public"."v" AS
 SELECT t.a,
    t.b
   FROM public.t;
DROP DOMAIN "public"."d2__old";
DROP DOMAIN "public"."d__old";
-- failing-cast: Where values of the domain public.d3 cannot be converted from text to character varying(10), PostgreSQL refuses it. Correct these values first.
ALTER DOMAIN "public"."d3" RENAME TO "d3__old";
CREATE DOMAIN "public"."d3" AS character varying(10);
ALTER TABLE "public"."t" ALTER COLUMN "e" SET DATA TYPE public.d3 USING "e"::text::public.d3;
DROP DOMAIN "public"."d3__old";
COMMENT ON DOMAIN "public"."d" IS 'd!';
COMMENT ON CONSTRAINT "odd" ON DOMAIN "public"."d" IS 'odd!';
COMMENT ON CONSTRAINT "pos" ON DOMAIN "public"."d" IS 'pos!';
