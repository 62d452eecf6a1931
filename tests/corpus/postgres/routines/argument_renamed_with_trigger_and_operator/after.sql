CREATE FUNCTION eq(l int, r int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT l = r';
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = eq);
CREATE TABLE t (x int, CHECK (x === 1));
CREATE INDEX i ON t ((x === 2));
CREATE FUNCTION sf(state int, val int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT state + val';
CREATE AGGREGATE ag(int) (SFUNC = sf, STYPE = int, INITCOND = '0');
CREATE VIEW v AS SELECT ag(x) AS q FROM t;
