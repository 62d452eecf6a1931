CREATE TYPE point2;
CREATE FUNCTION point2_in(cstring) RETURNS point2 LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION point2_out(point2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE point2 (INPUT = point2_in, OUTPUT = point2_out, INTERNALLENGTH = 16, ALIGNMENT = double, CATEGORY = 'U', DELIMITER = '|');
CREATE FUNCTION first_of(point2) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT 1.0::float8';
CREATE FUNCTION point2_eq(point2, point2) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1::text = $2::text';
CREATE OPERATOR === (FUNCTION = point2_eq, LEFTARG = point2, RIGHTARG = point2, COMMUTATOR = ===);
