CREATE TYPE r AS RANGE (subtype = float8);
CREATE TABLE t (i int, a r);
CREATE VIEW v AS SELECT a FROM t;
