CREATE TABLE t (a int4range, b int4range, CONSTRAINT x EXCLUDE USING gist (a WITH &&));
