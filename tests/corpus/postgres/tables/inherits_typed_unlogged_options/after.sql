CREATE TABLE p (a int);
CREATE TABLE q (b int);
CREATE UNLOGGED TABLE u (x int) INHERITS (p, q) WITH (fillfactor = 40);
