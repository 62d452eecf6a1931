CREATE TABLE t (a int, b text, c jsonb, d tsvector, e int[]);
CREATE INDEX i1 ON t (a DESC NULLS LAST);
CREATE UNIQUE INDEX i2 ON t (b);
CREATE INDEX i3 ON t USING gin (c jsonb_path_ops);
CREATE INDEX i4 ON t USING gin (d) WITH (fastupdate = off);
CREATE INDEX i5 ON t USING hash (a);
CREATE INDEX i6 ON t USING brin (a) WITH (pages_per_range = 64);
CREATE INDEX i7 ON t (lower(b) COLLATE "C" text_pattern_ops, a) INCLUDE (e) WHERE a > 10 AND b IS NOT NULL;
CREATE UNIQUE INDEX i8 ON t (a) NULLS NOT DISTINCT;
