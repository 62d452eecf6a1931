CREATE TYPE i AS (a bigint, "B c" varchar(3) COLLATE "C", d date);
CREATE TYPE o AS (x i, z numeric(10,2));
CREATE TABLE t (v o, w i[]);
CREATE VIEW q AS SELECT (v).x AS x FROM t;
COMMENT ON COLUMN i."B c" IS 'b2';
COMMENT ON COLUMN o.z IS 'z';
