CREATE TABLE t (a int, c int GENERATED ALWAYS AS (a + 1) STORED, e timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TYPE held AS (t t, n int);
CREATE DOMAIN few AS t[] CHECK (cardinality(VALUE) < 3);
CREATE TABLE h (r t, rr t[], f few, c held);
