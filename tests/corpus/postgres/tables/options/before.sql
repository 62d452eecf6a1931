CREATE TABLE a (x text) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
CREATE UNLOGGED TABLE b (id serial PRIMARY KEY, x text);
