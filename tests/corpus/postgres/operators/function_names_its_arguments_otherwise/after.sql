CREATE TYPE version AS (major int, minor int);
CREATE FUNCTION same(x version, y version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (x).major = (y).major';
CREATE OPERATOR == (LEFTARG = version, RIGHTARG = version, FUNCTION = same, COMMUTATOR = ==);
CREATE FUNCTION compare(a version, b version) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 0';
CREATE OPERATOR CLASS by_version DEFAULT FOR TYPE version USING btree AS OPERATOR 3 ==, FUNCTION 1 compare(version, version);
CREATE TABLE releases (id int, v version, CHECK (v == v));
CREATE INDEX releases_v ON releases (v);
