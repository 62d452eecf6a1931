CREATE TABLE p (a int);
CREATE UNLOGGED TABLE u (a int) WITH (fillfactor = 30);
