CREATE ROLE st_reader;
CREATE TABLE t (id serial, j int GENERATED ALWAYS AS IDENTITY);
GRANT USAGE, SELECT ON SEQUENCE t_id_seq TO st_reader;
GRANT SELECT ON SEQUENCE t_j_seq TO st_reader;
COMMENT ON SEQUENCE t_j_seq IS 'identity';
