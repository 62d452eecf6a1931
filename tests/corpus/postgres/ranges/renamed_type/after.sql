CREATE TYPE fr2 AS RANGE (subtype=float8);
CREATE TABLE t (a fr2 , b numrange);
