CREATE SCHEMA s;
CREATE TYPE s.ct AS (a int, b text);
CREATE TABLE s.t OF s.ct (b WITH OPTIONS NOT NULL CHECK (b <> ''));
COMMENT ON COLUMN s.t.a IS 'x';
