CREATE TYPE ty AS (a int, b text);
CREATE TABLE t OF ty (a WITH OPTIONS PRIMARY KEY, b DEFAULT 'x');
CREATE TABLE u (a int, b text);
