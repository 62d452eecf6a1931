CREATE TABLE t (a int, c text);
CREATE VIEW v AS SELECT t FROM t;
