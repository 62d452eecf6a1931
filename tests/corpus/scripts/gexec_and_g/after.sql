CREATE TABLE a (x int);
CREATE TABLE b (y int);
CREATE TABLE "C d" (y int);
CREATE TABLE e (z int);
CREATE INDEX ON e (z);
