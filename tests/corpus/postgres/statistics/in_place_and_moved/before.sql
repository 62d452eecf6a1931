CREATE ROLE pair_owner;
CREATE SCHEMA s;
GRANT CREATE ON SCHEMA s, public TO pair_owner;
CREATE TABLE t (a integer, b integer, c text);
CREATE STATISTICS st ON a, b FROM t;
ALTER STATISTICS st SET STATISTICS 50;
CREATE STATISTICS s.moved (mcv) ON a, (c || 'x') FROM t;
