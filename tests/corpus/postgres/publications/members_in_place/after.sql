CREATE ROLE pair_super SUPERUSER;
CREATE SCHEMA s;
CREATE SCHEMA "Odd S";
CREATE TABLE a (id integer PRIMARY KEY, n text, secret text);
CREATE TABLE b (id integer PRIMARY KEY, n text);
CREATE TABLE s.c (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a WHERE (id > 20 AND n IS NOT NULL), TABLES IN SCHEMA s, "Odd S" WITH (publish = 'insert, delete', publish_via_partition_root = true);
CREATE PUBLICATION q FOR TABLE b;
ALTER PUBLICATION q OWNER TO pair_super;
