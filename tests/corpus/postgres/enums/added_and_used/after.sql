CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (a e DEFAULT 'b');
CREATE INDEX i ON t (a) WHERE a = 'c';
