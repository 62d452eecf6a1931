CREATE DOMAIN code AS text DEFAULT 'none' CHECK (VALUE <> '');
CREATE TABLE address (street text, zip varchar(10), country text DEFAULT 'de', code code);
CREATE TABLE person (id bigint PRIMARY KEY, home address, others address[], CHECK ((home).zip <> ''));
CREATE INDEX ON person (((home).zip));
CREATE VIEW homes AS SELECT id, (home).street, (home).country FROM person;
