CREATE TYPE e AS ENUM ('x', 'y');
CREATE TABLE t (id int, a e[], b int);
