CREATE TABLE base (id int PRIMARY KEY, name text);
CREATE TABLE v (id int PRIMARY KEY, name text);
CREATE VIEW w AS SELECT id FROM v;
