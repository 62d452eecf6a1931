CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE TABLE made_by_rows (a int);
CREATE TABLE rows_4 (x int);
