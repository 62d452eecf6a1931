CREATE TABLE s (a int, b text);
CREATE VIEW t AS SELECT * FROM s;
CREATE TABLE u (a int);
