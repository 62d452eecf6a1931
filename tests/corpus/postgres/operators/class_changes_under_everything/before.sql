CREATE FUNCTION cmp(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS 'SELECT CASE WHEN $1 % 10 < $2 % 10 THEN -1 WHEN $1 % 10 > $2 % 10 THEN 1 ELSE 0 END';
CREATE OPERATOR CLASS by_digit FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
CREATE TABLE t (a integer, b integer);
CREATE INDEX t_a ON t (a by_digit);
COMMENT ON INDEX t_a IS 'by digit';
CREATE TYPE dr AS RANGE (SUBTYPE = integer, SUBTYPE_OPCLASS = by_digit);
