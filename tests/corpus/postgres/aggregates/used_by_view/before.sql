CREATE AGGREGATE tot(int) (SFUNC = int4pl, STYPE = int);
CREATE VIEW v AS SELECT tot(x) AS y FROM (VALUES (1)) q(x);
