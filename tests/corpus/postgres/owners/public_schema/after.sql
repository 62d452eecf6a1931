CREATE ROLE st_owner;
ALTER SCHEMA public OWNER TO st_owner;
CREATE TABLE t (i int);
