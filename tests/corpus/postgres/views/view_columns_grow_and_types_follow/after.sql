CREATE TABLE t (a int, b text, c numeric(12,4), d date);
CREATE VIEW v1 AS SELECT * FROM t;
CREATE VIEW v2 AS SELECT v1.*, t.a AS a2 FROM v1 JOIN t USING (a);
CREATE VIEW "V 3" AS SELECT sum(c) AS s, max(b) AS m, min(d) AS d FROM v2;
GRANT SELECT (s, d) ON "V 3" TO PUBLIC;
COMMENT ON COLUMN "V 3".m IS 'max';
