CREATE TYPE color AS ENUM ('red', 'green');
CREATE FUNCTION color_of(integer) RETURNS color LANGUAGE sql IMMUTABLE AS 'SELECT ''red''::color';
CREATE CAST (integer AS color) WITH FUNCTION color_of(integer);
CREATE CAST (color AS text) WITH INOUT AS ASSIGNMENT;
COMMENT ON CAST (integer AS color) IS 'by number';
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT a::color AS c FROM t;
