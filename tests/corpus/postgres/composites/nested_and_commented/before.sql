CREATE TYPE i AS (a int, "B c" text);
CREATE TYPE o AS (x i, y i[]);
CREATE TABLE t (v o, w i[]);
CREATE VIEW q AS SELECT (v).x AS x FROM t;
COMMENT ON COLUMN i."B c" IS 'b';
COMMENT ON TYPE o IS 'o';
