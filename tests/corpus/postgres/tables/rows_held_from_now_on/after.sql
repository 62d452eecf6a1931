CREATE TYPE state AS ENUM ('shut', 'open');
CREATE TABLE base (id bigint NOT NULL, at date);
CREATE TABLE door (state text[], note text) INHERITS (base);
CREATE TABLE room (door door, doors door[]);
