SET check_function_bodies = off;
SET search_path = '';
ALTER TYPE "Our Types"."A.b" RENAME TO "A.b__old";
ALTER FUNCTION "Our Types"."in"(cstring) RENAME TO "in__old";
ALTER FUNCTION "Our Types"."out"("Our Types"."A.b__old") RENAME TO "out__old";
CREATE TYPE "Our Types"."A.b";
CREATE OR REPLACE FUNCTION "Our Types"."in"(cstring)
 RETURNS "Our Types"."A.b"
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$float8in$function$;
CREATE OR REPLACE FUNCTION "Our Types"."out"("Our Types"."A.b")
 RETURNS cstring
 LANGUAGE internal
 IMMUTABLE STRICT
AS $function$float8out$function$;
CREATE TYPE "Our Types"."A.b" (INPUT = "Our Types"."in", OUTPUT = "Our Types"."out", INTERNALLENGTH = 8, PASSEDBYVALUE, ALIGNMENT = double, PREFERRED = true, STORAGE = plain);
ALTER TABLE "public"."t" ALTER COLUMN "A.b" SET DATA TYPE "Our Types"."A.b" USING "A.b"::text::"Our Types"."A.b";
DROP TYPE "Our Types"."A.b__old" CASCADE;
