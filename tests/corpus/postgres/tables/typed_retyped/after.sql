CREATE TYPE ty AS (a bigint, b varchar(4) COLLATE "C");
CREATE TABLE t OF ty;
CREATE VIEW v AS SELECT a FROM t;
