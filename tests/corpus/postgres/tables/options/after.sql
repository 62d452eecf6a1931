CREATE TABLE a (x text) WITH (autovacuum_enabled = false, toast_tuple_target = 256, parallel_workers = 2, toast.autovacuum_vacuum_cost_delay = 10);
CREATE TABLE b (id serial PRIMARY KEY, x text) WITH (user_catalog_table = true);
