CREATE TYPE later;
CREATE TYPE never;
COMMENT ON TYPE never IS 'only announced';
