CREATE TYPE r AS RANGE (subtype = numeric);
CREATE TABLE t (i int, a r);
CREATE VIEW v AS SELECT a FROM t;
