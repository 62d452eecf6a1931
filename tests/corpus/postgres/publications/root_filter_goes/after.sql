CREATE TABLE t (id integer, at date) PARTITION BY RANGE (at);
CREATE PUBLICATION p FOR TABLE t WITH (publish_via_partition_root = false);
