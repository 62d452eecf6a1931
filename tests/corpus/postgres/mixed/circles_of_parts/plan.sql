SET check_function_bodies = off;
SET search_path = '';
CREATE TABLE "public"."t" (
    "a" integer,
    "b" integer
);
CREATE TABLE "public"."x" (
    "a" integer
);
CREATE TABLE "public"."y" (
    "a" integer
);
CREATE OR REPLACE FUNCTION public.next_b()
 RETURNS integer
 LANGUAGE sql
RETURN (SELECT (COALESCE(max(t.b), 0) + 1) FROM public.t);
ALTER TABLE ONLY "public"."t" ALTER COLUMN "b" SET DEFAULT public.next_b();
CREATE OR REPLACE FUNCTION public.of_row(public.t)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT $1.a$function$;
ALTER TABLE ONLY "public"."t" ALTER COLUMN "a" SET DEFAULT public.of_row(NULL::public.t);
CREATE OR REPLACE FUNCTION public.of_x(public.x)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT 1$function$;
ALTER TABLE ONLY "public"."y" ALTER COLUMN "a" SET DEFAULT public.of_x(NULL::public.x);
CREATE OR REPLACE FUNCTION public.of_y(public.y)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$SELECT 1$function$;
ALTER TABLE ONLY "public"."x" ALTER COLUMN "a" SET DEFAULT public.of_y(NULL::public.y);
CREATE OR REPLACE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$BEGIN RETURN new; END$function$;
CREATE VIEW "public"."v" AS
 SELECT 1 AS a;
CREATE OR REPLACE FUNCTION public.of_view(public.v)
 RETURNS integer
 LANGUAGE sql
AS $function$SELECT $1.a$function$;
ALTER TABLE ONLY "public"."v" ALTER COLUMN "a" SET DEFAULT public.of_view(NULL::public.v);
CREATE RULE r AS
    ON INSERT TO public.t
   WHERE (public.of_row(new.*) > 1) DO NOTHING;
CREATE TRIGGER w BEFORE INSERT ON public.t FOR EACH ROW WHEN ((public.of_row(new.*) > 1)) EXECUTE FUNCTION public.touch();
CREATE CONSTRAINT TRIGGER g AFTER INSERT ON public.x FROM public.y NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE CONSTRAINT TRIGGER h AFTER INSERT ON public.y FROM public.x NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION public.touch();
CREATE POLICY "p" ON "public"."t" AS PERMISSIVE FOR ALL TO PUBLIC USING ((public.of_row(t.*) > 1));
ALTER TABLE "public"."t" ADD CONSTRAINT "t_check" CHECK ((public.of_row(t.*) > 0));
ALTER TABLE "public"."x" ADD CONSTRAINT "x_check" CHECK ((public.of_y(NULL::public.y) IS NOT NULL));
CREATE INDEX t_of_row ON public.t USING btree (public.of_row(t.*));
