CREATE EXTENSION btree_gist;
CREATE TABLE t (a bigint, r tstzrange, c circle, CONSTRAINT e1 EXCLUDE USING gist (a WITH <>, r WITH &&) DEFERRABLE, CONSTRAINT e2 EXCLUDE USING gist (c WITH &&) WITH (fillfactor = 50) WHERE (a > 1));
COMMENT ON CONSTRAINT e1 ON t IS 'e1 b';
