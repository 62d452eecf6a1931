CREATE SEQUENCE t_id_seq;
CREATE TABLE t (id int);
