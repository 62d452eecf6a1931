CREATE TYPE version AS (major int, minor int);
CREATE FUNCTION later(a version, b version) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT (a).major > (b).major';
CREATE OPERATOR >>> (LEFTARG = version, RIGHTARG = version, FUNCTION = later);
CREATE FUNCTION larger(a version, b version) RETURNS version LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE AGGREGATE latest(version) (SFUNC = larger, STYPE = version, SORTOP = >>>);
CREATE TABLE releases (id int, v version);
CREATE VIEW newest AS SELECT latest(v) AS v FROM releases;
