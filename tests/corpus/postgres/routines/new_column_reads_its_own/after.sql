CREATE TABLE t (a int, b int);
CREATE FUNCTION next_b() RETURNS int RETURN (SELECT coalesce(max(b), 0) + 1 FROM t);
ALTER TABLE t ALTER b SET DEFAULT next_b();
