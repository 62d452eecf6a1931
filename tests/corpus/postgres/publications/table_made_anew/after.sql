CREATE TABLE t (id integer, at date, n text) PARTITION BY LIST (at);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('2020-01-01');
CREATE TABLE u (id bigint, kept text);
CREATE PUBLICATION p FOR TABLE t WHERE (id > 1), TABLE u (id, kept) WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION p IS 'all of it';
