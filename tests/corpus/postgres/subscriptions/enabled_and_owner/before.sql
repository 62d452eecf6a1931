CREATE ROLE pair_super SUPERUSER;
CREATE SUBSCRIPTION pair_enabled CONNECTION 'host=127.0.0.1 port=1 dbname=elsewhere' PUBLICATION a WITH (connect = false);
ALTER SUBSCRIPTION pair_enabled ENABLE;
