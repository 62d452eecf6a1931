CREATE TABLE t (a text COLLATE "C", b text, c text COLLATE "POSIX");
CREATE INDEX i ON t (a);
