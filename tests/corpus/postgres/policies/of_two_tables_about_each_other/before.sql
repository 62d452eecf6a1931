CREATE TABLE kept (x int);
