CREATE TYPE state AS ENUM ('x', 'y');
CREATE TYPE part AS (p int, q state);
CREATE TABLE t (id int PRIMARY KEY, s state DEFAULT 'x', c part);
INSERT INTO t VALUES (1, 'x', ROW(1, 'y'));
