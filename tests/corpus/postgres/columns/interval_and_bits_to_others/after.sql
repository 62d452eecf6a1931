CREATE TABLE spans (id integer, a timestamptz DEFAULT now(), b time(3) with time zone, c integer, d bigint, e time(0));
