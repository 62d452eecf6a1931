CREATE TYPE other AS ENUM ('a','b');
CREATE TYPE e AS ENUM ('b', 'a');
CREATE TABLE t (x other DEFAULT 'a', y e);
CREATE DOMAIN d AS other CHECK (VALUE <> 'b');
CREATE TABLE w (d d);
