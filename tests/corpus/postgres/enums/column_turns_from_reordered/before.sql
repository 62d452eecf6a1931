CREATE TYPE other AS ENUM ('a','b');
CREATE TYPE e AS ENUM ('a','b');
CREATE TABLE t (x e DEFAULT 'a', y other);
INSERT INTO t VALUES ('a','b');
CREATE DOMAIN d AS e;
CREATE TABLE w (d d);
