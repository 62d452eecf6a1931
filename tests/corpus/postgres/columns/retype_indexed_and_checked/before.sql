CREATE TABLE t (a text, b int, c varchar(10), CONSTRAINT ck CHECK (a ~ '^[0-9]+$'), CONSTRAINT ck2 CHECK (b > 0), EXCLUDE USING btree (a WITH =), UNIQUE (b, c));
CREATE INDEX i1 ON t (a text_pattern_ops);
CREATE INDEX i2 ON t (lower(a)) WHERE a LIKE 'x%';
CREATE INDEX i3 ON t (c varchar_pattern_ops DESC) INCLUDE (b);
CREATE STATISTICS st (ndistinct) ON a, b FROM t;
CREATE STATISTICS st2 ON (lower(a)), b FROM t;
