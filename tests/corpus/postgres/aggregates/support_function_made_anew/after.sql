CREATE ROLE pair_reader;
CREATE FUNCTION step(acc bigint, val integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE AGGREGATE s(integer) (SFUNC = step, STYPE = bigint, INITCOND = '0');
GRANT EXECUTE ON FUNCTION s(integer) TO pair_reader;
COMMENT ON AGGREGATE s(integer) IS 'sum';
CREATE TABLE t (a integer);
CREATE VIEW v AS SELECT s(a) FROM t;
