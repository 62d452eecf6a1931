CREATE TYPE e AS ENUM ();
CREATE TYPE f AS ENUM ('it''s', 'b c');
COMMENT ON TYPE f IS 'words';
CREATE TABLE t (a int, b f DEFAULT 'b c');
