CREATE SCHEMA s;
CREATE SCHEMA "Odd S";
CREATE TABLE a (id integer PRIMARY KEY, n text, secret text);
CREATE TABLE b (id integer PRIMARY KEY, n text);
CREATE TABLE s.c (id integer PRIMARY KEY);
CREATE PUBLICATION p FOR TABLE a (id, n) WHERE (id > 10), TABLE b WITH (publish = 'insert');
CREATE PUBLICATION q FOR TABLE a;
COMMENT ON PUBLICATION q IS 'whole';
