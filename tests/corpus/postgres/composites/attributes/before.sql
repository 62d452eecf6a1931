CREATE TYPE c AS (a int, b text, x date);
CREATE TABLE t (v c);
