CREATE TYPE fr AS RANGE (subtype=float8);
CREATE TABLE t (a fr, b fr_multirange);
INSERT INTO t VALUES ('[1,2)');
