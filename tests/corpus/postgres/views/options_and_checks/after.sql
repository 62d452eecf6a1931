CREATE TABLE t (a int);
CREATE VIEW v WITH (security_invoker) AS SELECT a FROM t WHERE a > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW w AS SELECT a FROM t;
CREATE VIEW x WITH (security_barrier = false, security_invoker = false) AS SELECT a FROM t WHERE a > 1;
