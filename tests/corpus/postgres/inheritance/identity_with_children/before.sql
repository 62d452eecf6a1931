-- The engine adds no identity to a table that has children.
CREATE TABLE public.places (name text NOT NULL);
CREATE TABLE public.cities (mayor text) INHERITS (public.places);
CREATE TABLE public.capitals (country text) INHERITS (public.cities);
INSERT INTO public.places VALUES ('moor'), ('shore');
INSERT INTO public.capitals VALUES ('Oslo', 'nobody', 'Norway');

CREATE TABLE public.readings (day date NOT NULL, value integer) PARTITION BY RANGE (day);
CREATE TABLE public.readings_2026 PARTITION OF public.readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
