CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (a e CHECK (a > 'a'), UNIQUE (a));
