-- What rests on a partition's column goes when the table's column is made anew.
CREATE TABLE public.readings (day date NOT NULL, value integer, twice integer GENERATED ALWAYS AS (value * 2) STORED) PARTITION BY RANGE (day);
CREATE TABLE public.readings_2026 PARTITION OF public.readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW public.of_2026 AS SELECT day, twice FROM public.readings_2026;
COMMENT ON VIEW public.of_2026 IS 'kept';

CREATE TABLE public.shapes (side integer, area integer GENERATED ALWAYS AS (side * side) STORED);
CREATE TABLE public.squares (name text) INHERITS (public.shapes);
CREATE VIEW public.areas AS SELECT name, area FROM public.squares;
