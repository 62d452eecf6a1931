CREATE TABLE t (id integer PRIMARY KEY);
CREATE SUBSCRIPTION pair_news CONNECTION 'host=127.0.0.1 port=1 dbname=elsewhere user=reader' PUBLICATION a, "B c" WITH (connect = false);
COMMENT ON SUBSCRIPTION pair_news IS 'what others say';
