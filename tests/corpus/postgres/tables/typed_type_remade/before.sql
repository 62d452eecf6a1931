CREATE TYPE state AS ENUM ('a', 'b');
CREATE TYPE pair AS (a integer, b state, c text);
CREATE TYPE moved AS (a integer, b text);
CREATE TABLE uses (p pair, m moved);
CREATE TABLE t OF pair (PRIMARY KEY (a));
CREATE VIEW v AS SELECT a, b FROM t;
CREATE TABLE u OF moved;
