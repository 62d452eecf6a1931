CREATE TABLE t (a int);
CREATE VIEW v WITH (security_barrier = true, security_invoker = true) AS SELECT a FROM t;
CREATE VIEW w AS SELECT a FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW x AS SELECT a FROM t;
