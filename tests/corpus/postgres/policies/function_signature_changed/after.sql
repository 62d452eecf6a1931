CREATE FUNCTION ok(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE TABLE t (a int);
CREATE POLICY p ON t USING (ok(a));
