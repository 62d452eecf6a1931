CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a));
CREATE TABLE c (a int REFERENCES t (a));
