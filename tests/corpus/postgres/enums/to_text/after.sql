CREATE TABLE t (a text DEFAULT 'a', b varchar(5));
