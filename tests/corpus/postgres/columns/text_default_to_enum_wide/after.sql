CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id int, s e DEFAULT 'a', s2 e[] DEFAULT '{a}', s3 e DEFAULT 'b' NOT NULL CHECK (s3 <> 'a'));
CREATE INDEX ti ON t (s) WHERE s = 'a';
CREATE VIEW v AS SELECT s FROM t WHERE s = 'b';
