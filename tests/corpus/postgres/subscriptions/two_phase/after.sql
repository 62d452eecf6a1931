CREATE SUBSCRIPTION "Pair Two" CONNECTION 'host=127.0.0.1 port=1 dbname=elsewhere password=hush' PUBLICATION a WITH (connect = false);
