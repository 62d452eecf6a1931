CREATE TYPE e AS ENUM ('a', 'b', 'c');
CREATE TYPE ce AS (x e, y e[]);
CREATE TABLE t (a e DEFAULT 'a');
