CREATE TYPE version AS (major int, minor int);
CREATE FUNCTION same(a version, b version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (a).major = (b).major';
CREATE OPERATOR == (LEFTARG = version, RIGHTARG = version, FUNCTION = same, COMMUTATOR = ==, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE TABLE releases (id int, v version, CHECK (v == v));
CREATE INDEX releases_v ON releases (v);
