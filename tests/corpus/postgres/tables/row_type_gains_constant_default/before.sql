CREATE DOMAIN code AS text DEFAULT 'none' CHECK (VALUE <> '');
CREATE TABLE address (street text, zip varchar(5));
CREATE TABLE person (id int PRIMARY KEY, home address, others address[], CHECK ((home).zip <> ''));
CREATE INDEX ON person (((home).zip));
CREATE VIEW homes AS SELECT id, (home).street FROM person;
