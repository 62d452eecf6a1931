CREATE TABLE t (a int DEFAULT 1 NOT NULL, b boolean DEFAULT true, c int DEFAULT 5 CHECK (c <> 0), d text[] DEFAULT '{a}');
CREATE INDEX i ON t (a) WHERE a > 0;
