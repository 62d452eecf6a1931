CREATE TABLE z (i int);
CREATE TYPE inner_t AS (a int, b text[]);
CREATE TYPE outer_t AS (i inner_t, l inner_t[]);
CREATE TABLE t (o outer_t);
