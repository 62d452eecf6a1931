CREATE TABLE t (a int CHECK (a IN (1, 2, 3)), b int, CONSTRAINT x CHECK (a <= b), CONSTRAINT y CHECK (a > 0));
COMMENT ON CONSTRAINT x ON t IS 'ordered';
