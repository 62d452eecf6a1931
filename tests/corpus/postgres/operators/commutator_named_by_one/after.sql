CREATE FUNCTION lt(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1::text < $2$$;
CREATE FUNCTION gt(text, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 > $2::text$$;
CREATE FUNCTION ge(integer, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1::text >= $2$$;
CREATE FUNCTION pick(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT $1 = $2$$;
CREATE OPERATOR <# (FUNCTION = lt, LEFTARG = integer, RIGHTARG = text);
CREATE OPERATOR #> (FUNCTION = gt, LEFTARG = text, RIGHTARG = integer, COMMUTATOR = <#);
CREATE OPERATOR ~~~ (FUNCTION = pick, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ~~~);
