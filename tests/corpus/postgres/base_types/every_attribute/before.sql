CREATE TYPE point2;
CREATE FUNCTION point2_in(cstring) RETURNS point2 LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION point2_out(point2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE FUNCTION point2_analyze(internal) RETURNS boolean LANGUAGE internal STRICT AS 'array_typanalyze';
CREATE TYPE point2 (INPUT = point2_in, OUTPUT = point2_out, ANALYZE = point2_analyze, INTERNALLENGTH = 16, ALIGNMENT = double, SUBSCRIPT = raw_array_subscript_handler, ELEMENT = float8, CATEGORY = 'G', PREFERRED = true, DEFAULT = '(0,0)');
CREATE FUNCTION first_of(point2) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT ($1)[0]';
