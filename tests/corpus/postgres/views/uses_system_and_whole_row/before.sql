CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT t AS whole, ctid, xmin FROM t;
CREATE VIEW x AS SELECT row_to_json(t) AS j FROM t;
