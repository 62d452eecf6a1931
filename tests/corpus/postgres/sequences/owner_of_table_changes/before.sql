CREATE ROLE pair_writer;
CREATE TABLE t (a integer, b integer);
CREATE SEQUENCE other;
CREATE SEQUENCE s;
ALTER SEQUENCE s OWNER TO pair_writer;
ALTER SEQUENCE other OWNED BY t.a;
