CREATE DATABASE should_not_be_made_here WITH TEMPLATE = template0 ENCODING = 'UTF8';
ALTER DATABASE should_not_be_made_here OWNER TO postgres;
\connect should_not_be_made_here
COMMENT ON DATABASE should_not_be_made_here IS 'x';
GRANT CONNECT ON DATABASE should_not_be_made_here TO PUBLIC;
ALTER DATABASE postgres SET search_path = nowhere;
ALTER SYSTEM SET work_mem = '1MB';
CREATE TABLE t (a int);
