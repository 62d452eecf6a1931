CREATE SEQUENCE my_ids;
CREATE TABLE t (id int PRIMARY KEY DEFAULT nextval('my_ids'));
ALTER SEQUENCE my_ids OWNED BY t.id;
