CREATE SCHEMA app;
CREATE TABLE app.counters (n int);
CREATE TABLE t (a int, b text);
CREATE DOMAIN positive AS int;
CREATE TABLE u (a positive);
