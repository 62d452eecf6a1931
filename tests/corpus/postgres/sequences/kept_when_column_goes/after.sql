CREATE TABLE t (x int);
CREATE SEQUENCE t_id_seq AS integer;
