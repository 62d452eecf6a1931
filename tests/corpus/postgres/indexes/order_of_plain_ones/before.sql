CREATE TABLE t (a int, b int, c text);
CREATE INDEX first ON t (a DESC);
CREATE INDEX second ON t (a NULLS FIRST, b);
CREATE INDEX third ON t (a DESC NULLS LAST);
CREATE UNIQUE INDEX fourth ON t (a, b DESC);
CREATE INDEX fifth ON t (c DESC) WHERE a > 0;
