CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TYPE a.st AS ENUM ('x');
CREATE TYPE b.st AS ENUM ('x');
CREATE TABLE a.t (id serial PRIMARY KEY, s a.st);
CREATE TABLE b.t (id serial PRIMARY KEY, s b.st, o int REFERENCES a.t);
CREATE VIEW a.v AS SELECT t.s FROM b.t;
INSERT INTO a.t(s) VALUES ('x');
