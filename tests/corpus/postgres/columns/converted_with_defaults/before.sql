CREATE TABLE t (a boolean DEFAULT true NOT NULL, b int DEFAULT 1, c text DEFAULT '5' CHECK (c <> ''), d int DEFAULT 0);
CREATE INDEX i ON t (a) WHERE a;
INSERT INTO t VALUES (true, 1);
