CREATE TABLE t (id integer, note text) WITH (toast.autovacuum_enabled = false, fillfactor = 70);
CREATE TABLE u (id integer, n text, more jsonb) WITH (toast.vacuum_truncate = false);
