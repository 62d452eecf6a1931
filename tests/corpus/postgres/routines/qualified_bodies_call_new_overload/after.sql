CREATE FUNCTION public.total(x int, y int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + y';
CREATE FUNCTION public.total(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT public.total(x, 3)';
CREATE TABLE t (id int PRIMARY KEY DEFAULT public.total(7), a int CHECK (public.total(a) > 0), g int GENERATED ALWAYS AS (public.total(id)) STORED);
CREATE TABLE fresh (id int, g int GENERATED ALWAYS AS (public.total(id)) STORED);
CREATE INDEX t_total ON t (public.total(a));
CREATE DOMAIN positive AS int CHECK (VALUE > 0) CHECK (public.total(VALUE) > 0);
CREATE TABLE kept (d positive);
