CREATE TYPE state AS ENUM ('b', 'a');
CREATE TYPE pair AS (a bigint, b state, d numeric);
CREATE TYPE moved AS (b text, a integer);
CREATE TABLE uses (p pair, m moved);
CREATE TABLE t OF pair (PRIMARY KEY (a));
CREATE VIEW v AS SELECT a, b FROM t;
CREATE TABLE u OF moved;
