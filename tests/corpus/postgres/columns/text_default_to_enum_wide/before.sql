CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (id int, s text DEFAULT 'a', s2 text[] DEFAULT '{a}', s3 varchar(5) DEFAULT 'b' NOT NULL CHECK (s3 <> 'q'));
CREATE INDEX ti ON t (s) WHERE s = 'a';
CREATE VIEW v AS SELECT s FROM t WHERE s = 'b';
