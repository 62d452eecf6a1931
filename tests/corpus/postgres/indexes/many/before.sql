CREATE TABLE t (a int, b text, c jsonb, d tsvector, e int[]);
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t (b);
CREATE INDEX i9 ON t (a, b);
