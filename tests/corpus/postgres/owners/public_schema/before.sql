CREATE ROLE st_owner;
CREATE TABLE t (i int);
