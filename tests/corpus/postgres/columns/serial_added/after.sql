CREATE TABLE t (n text, id serial);
