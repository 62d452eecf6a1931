CREATE TYPE b AS ENUM ('x', 'y', 'z');
CREATE TABLE t (s b DEFAULT 'x' NOT NULL);
