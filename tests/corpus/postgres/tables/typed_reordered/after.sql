CREATE TYPE ty AS (b text, a int);
CREATE TABLE t OF ty;
