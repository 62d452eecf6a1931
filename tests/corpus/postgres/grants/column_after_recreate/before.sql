CREATE ROLE st_reader;
CREATE TABLE t (a int, g int GENERATED ALWAYS AS (a + 1) STORED);
GRANT SELECT (a, g), UPDATE (a) ON t TO st_reader;
COMMENT ON COLUMN t.g IS 'gen';
