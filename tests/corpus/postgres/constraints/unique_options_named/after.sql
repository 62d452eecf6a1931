CREATE TABLE t (a int, b int, CONSTRAINT u1 UNIQUE (a, b), CONSTRAINT u2 UNIQUE (b) WITH (fillfactor = 70));
COMMENT ON CONSTRAINT u1 ON t IS 'two';
COMMENT ON INDEX u2 IS 'index of the key';
