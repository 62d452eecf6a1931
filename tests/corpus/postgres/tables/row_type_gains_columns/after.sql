CREATE FUNCTION tf() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE TABLE t (a int, b text, c int GENERATED ALWAYS AS (a + 1) STORED, d uuid DEFAULT gen_random_uuid(), e timestamptz NOT NULL DEFAULT clock_timestamp(), f serial);
CREATE TABLE h (r t, rr t[]);
