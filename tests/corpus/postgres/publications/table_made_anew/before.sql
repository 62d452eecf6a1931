CREATE TABLE t (id integer, at date, n text) PARTITION BY RANGE (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE u (id integer, gone text, kept text);
CREATE PUBLICATION p FOR TABLE t WHERE (id > 1), TABLE u (id, gone) WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION p IS 'all of it';
