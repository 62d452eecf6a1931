CREATE TABLE t (a int, b int, c text);
CREATE INDEX first ON t (a);
CREATE INDEX second ON t (a, b NULLS FIRST);
CREATE INDEX third ON t (a DESC);
CREATE UNIQUE INDEX fourth ON t (a DESC, b);
CREATE INDEX fifth ON t (c) WHERE a > 0;
