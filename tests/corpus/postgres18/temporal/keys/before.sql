CREATE EXTENSION btree_gist;
CREATE TABLE p (id int, during daterange);
CREATE TABLE c (id int, p_id int, during daterange);
