CREATE TABLE p (id integer, at date) PARTITION BY RANGE (at);
CREATE INDEX p_id ON ONLY p (id);
COMMENT ON INDEX p_id IS 'of the parent alone';
CREATE TABLE p1 (id integer, at date);
