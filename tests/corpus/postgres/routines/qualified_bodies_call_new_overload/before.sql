CREATE FUNCTION public.total(x int, y int DEFAULT 4, z text DEFAULT '') RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT x + y';
CREATE TABLE t (id int PRIMARY KEY DEFAULT public.total(7), a int CHECK (public.total(a) > 0), g int GENERATED ALWAYS AS (public.total(id)) STORED);
CREATE INDEX t_total ON t (public.total(a));
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE kept (d positive);
INSERT INTO kept VALUES (1);
