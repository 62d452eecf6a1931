CREATE TYPE e AS ENUM ('x', 'y');
CREATE TABLE t (a e[], b bigint[] DEFAULT '{1}', c int[]);
