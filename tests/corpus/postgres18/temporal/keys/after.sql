CREATE EXTENSION btree_gist;
CREATE TABLE p (id int, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE c (id int, p_id int, during daterange, FOREIGN KEY (p_id, PERIOD during) REFERENCES p (id, PERIOD during));
