CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TABLE t (id int, a e, b e[]);
