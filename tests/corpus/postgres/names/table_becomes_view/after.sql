CREATE TABLE base (id int PRIMARY KEY, name text);
CREATE VIEW v AS SELECT id, name FROM base;
CREATE VIEW w AS SELECT id FROM v;
