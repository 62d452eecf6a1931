CREATE FUNCTION lt(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1::text < $2$$;
CREATE FUNCTION gt(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 > $2::text$$;
CREATE FUNCTION ge(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1::text >= $2$$;
CREATE FUNCTION pick(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 = $2$$;
CREATE OPERATOR <# (FUNCTION = lt, LEFTARG = integer, RIGHTARG = text, COMMUTATOR = #>, NEGATOR = >=#);
CREATE OPERATOR #> (FUNCTION = gt, LEFTARG = text, RIGHTARG = integer, COMMUTATOR = <#);
CREATE OPERATOR >=# (FUNCTION = ge, LEFTARG = integer, RIGHTARG = text);
CREATE VIEW v AS SELECT 1 OPERATOR(public.<#) 'x' AS less;
