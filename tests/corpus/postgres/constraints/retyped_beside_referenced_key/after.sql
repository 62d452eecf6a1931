CREATE TYPE public.pair AS (a1 numeric(10,2), a3 numeric(12,4));
CREATE TABLE public.typed OF public.pair;
ALTER TABLE public.typed ADD CONSTRAINT k11 PRIMARY KEY (a3) INCLUDE (a1);
ALTER TABLE public.typed ADD CONSTRAINT k16 FOREIGN KEY (a3) REFERENCES public.typed (a3);

CREATE TABLE public.plain (id integer, note bigint, CONSTRAINT plain_key UNIQUE (id) INCLUDE (note));
CREATE TABLE public.refers (plain integer REFERENCES public.plain (id) ON DELETE CASCADE);
COMMENT ON CONSTRAINT refers_plain_fkey ON public.refers IS 'kept';

CREATE TABLE public.parts (id integer, note integer, CONSTRAINT parts_key PRIMARY KEY (id) INCLUDE (note)) PARTITION BY RANGE (id);
CREATE TABLE public.parts_1 PARTITION OF public.parts FOR VALUES FROM (1) TO (9);
CREATE TABLE public.refers_parts (part integer REFERENCES public.parts);
