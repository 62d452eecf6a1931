CREATE TYPE e AS ENUM ('c', 'b', 'a');
CREATE TABLE t (a e CHECK (a > 'a'), UNIQUE (a));
