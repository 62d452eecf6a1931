CREATE ROLE pair_reader;
CREATE ROLE pair_writer;
CREATE SEQUENCE s;
GRANT SELECT ON SEQUENCE s TO pair_reader;
GRANT ALL ON SEQUENCE s TO pair_writer WITH GRANT OPTION;
CREATE TABLE t (id serial, a integer);
GRANT SELECT (a), UPDATE (a) ON t TO pair_writer WITH GRANT OPTION;
GRANT ALL ON SEQUENCE t_id_seq TO pair_writer;
GRANT USAGE ON SCHEMA public TO pair_writer;
