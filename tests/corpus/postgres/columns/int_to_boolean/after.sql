CREATE TABLE t (s boolean DEFAULT false);
