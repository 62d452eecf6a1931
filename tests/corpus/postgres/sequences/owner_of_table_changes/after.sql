CREATE ROLE pair_writer;
CREATE TABLE t (a integer, b integer);
CREATE SEQUENCE s OWNED BY t.a;
CREATE TABLE u (a integer);
CREATE SEQUENCE other OWNED BY u.a;
ALTER TABLE u OWNER TO pair_writer;
