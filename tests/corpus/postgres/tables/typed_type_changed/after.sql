CREATE TYPE ct AS (a bigint, b text, c date);
CREATE TABLE t OF ct (a WITH OPTIONS DEFAULT 4);
