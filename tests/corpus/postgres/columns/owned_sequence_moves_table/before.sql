CREATE TABLE a (id serial);
CREATE TABLE b (x int);
