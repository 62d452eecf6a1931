CREATE TYPE e AS ENUM ('a', 'x');
CREATE TABLE t (a e);
