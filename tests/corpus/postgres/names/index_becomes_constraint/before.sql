CREATE TABLE t (a int, b int);
CREATE UNIQUE INDEX t_a_key ON t (a);
CREATE UNIQUE INDEX t_b_idx ON t (b);
