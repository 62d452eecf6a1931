CREATE DOMAIN public.dom3 AS integer[];
CREATE TYPE public.comp4 AS (a1 integer, a2 public.dom3);
CREATE TABLE public.t6 (
  c8 public.comp4[]
);
ALTER TABLE public.t6 ALTER COLUMN c8 SET STORAGE PLAIN;
CREATE TABLE public.below (d integer) INHERITS (public.t6);
ALTER TABLE public.below ALTER COLUMN c8 SET STORAGE EXTERNAL;
