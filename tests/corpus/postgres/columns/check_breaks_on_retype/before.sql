CREATE TABLE t (a text CHECK (length(a) > 3), b text);
CREATE INDEX i ON t (lower(b));
