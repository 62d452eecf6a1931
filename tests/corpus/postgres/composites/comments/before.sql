CREATE TYPE c AS (a int, b text);
COMMENT ON TYPE c IS 'pair';
COMMENT ON COLUMN c.a IS 'left';
