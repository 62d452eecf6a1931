CREATE SCHEMA other;
CREATE TYPE state AS ENUM ('x', 'y', 'z');
CREATE TYPE other.part AS (p int, q state);
CREATE TABLE t (id int PRIMARY KEY, s state DEFAULT 'z', c other.part);
