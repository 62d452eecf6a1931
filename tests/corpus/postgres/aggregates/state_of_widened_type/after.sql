CREATE TYPE version AS (major int, minor int, patch int);
CREATE FUNCTION larger(a version[], b version) RETURNS version[] LANGUAGE sql IMMUTABLE AS 'SELECT a';
CREATE FUNCTION first_of(a version[]) RETURNS version LANGUAGE sql IMMUTABLE AS 'SELECT a[1]';
CREATE AGGREGATE latest(version) (SFUNC = larger, STYPE = version[], FINALFUNC = first_of, INITCOND = '{}');
CREATE TABLE releases (id int, v version);
CREATE VIEW newest AS SELECT latest(v) AS v FROM releases;
