CREATE ROLE pair_owner;
CREATE SCHEMA s;
GRANT CREATE ON SCHEMA s, public TO pair_owner;
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON a, b FROM t;
ALTER STATISTICS st OWNER TO pair_owner;
COMMENT ON STATISTICS st IS 'together';
CREATE STATISTICS moved (mcv) ON a, (c || 'x') FROM t;
ALTER STATISTICS moved SET STATISTICS 0;
