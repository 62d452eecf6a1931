CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TYPE a.st AS ENUM ('x', 'y');
CREATE TYPE b.st AS ENUM ('y', 'x');
CREATE TABLE a.t (id bigserial PRIMARY KEY, s b.st);
CREATE TABLE b.t (id serial PRIMARY KEY, s a.st, o bigint REFERENCES a.t);
CREATE VIEW a.v AS SELECT t.s FROM a.t;
