CREATE TYPE state AS ENUM ('new', 'old');
CREATE TABLE t (s state DEFAULT 'new' NOT NULL);
