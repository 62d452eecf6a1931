CREATE TABLE t (a bigint, b int, c text);
CREATE STATISTICS s1 (ndistinct) ON b, a, (lower(c)) FROM t;
CREATE STATISTICS s2 ON (a - b) FROM t;
CREATE STATISTICS s3 ON c, a FROM t;
COMMENT ON STATISTICS s1 IS 's1 2';
