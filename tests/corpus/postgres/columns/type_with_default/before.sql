CREATE TABLE t (a text DEFAULT '1', b integer DEFAULT 3, c varchar(10) DEFAULT 'x');
