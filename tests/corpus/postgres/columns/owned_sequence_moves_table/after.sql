CREATE SEQUENCE a_id_seq AS integer;
CREATE TABLE a (y int);
CREATE TABLE b (x int DEFAULT nextval('a_id_seq'));
ALTER SEQUENCE a_id_seq OWNED BY b.x;
