CREATE TYPE c AS (a bigint, b text, y timestamptz);
CREATE TABLE t (v c);
