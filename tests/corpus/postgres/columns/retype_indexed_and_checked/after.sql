CREATE TABLE t (a int, b text, c int, CONSTRAINT ck CHECK (a > 0), CONSTRAINT ck2 CHECK (b <> ''), EXCLUDE USING btree (a WITH =), UNIQUE (b, c));
CREATE INDEX i1 ON t (a);
CREATE INDEX i2 ON t ((a + 1)) WHERE a > 5;
CREATE INDEX i3 ON t (c DESC) INCLUDE (b);
CREATE STATISTICS st (ndistinct) ON a, b FROM t;
CREATE STATISTICS st2 ON (a * 2), b FROM t;
