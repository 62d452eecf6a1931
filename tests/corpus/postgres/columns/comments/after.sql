CREATE TABLE t (a int, b int);
COMMENT ON TABLE t IS 'the table';
COMMENT ON COLUMN t.b IS 'it''s \ second';
