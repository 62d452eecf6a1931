CREATE TABLE t (a int, b text) WITH (fillfactor = 80, toast.autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.2);
