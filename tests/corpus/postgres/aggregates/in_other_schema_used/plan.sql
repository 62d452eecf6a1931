SET check_function_bodies = off;
SET search_path = '';
DROP VIEW "public"."v";
DROP AGGREGATE "S x"."ag G"(integer);
DROP FUNCTION "S x"."fin"("S x".st);
ALTER TYPE "S x"."st" ADD ATTRIBUTE "c" text CASCADE;
CREATE OR REPLACE FUNCTION "S x".fin("S x".st)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1.a::bigint$function$;
CREATE AGGREGATE "S x"."ag G"(integer) (SFUNC = "S x".step, STYPE = "S x".st, FINALFUNC = "S x".fin, INITCOND = '(0,0,)');
CREATE VIEW "public"."v" AS
 SELECT "S x"."ag G"(t.a) AS q
   FROM public.t;
