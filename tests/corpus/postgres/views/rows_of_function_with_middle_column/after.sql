CREATE TABLE item (id int, price numeric, name text);
CREATE FUNCTION items() RETURNS SETOF item LANGUAGE sql STABLE AS 'SELECT * FROM item';
CREATE VIEW v AS SELECT * FROM items();
CREATE VIEW w AS SELECT id, name FROM items() i WHERE i.name IS NOT NULL;
CREATE VIEW r AS SELECT one FROM item AS x (one, two, three);
CREATE VIEW o AS SELECT i.name, i.ordinality FROM items() WITH ORDINALITY i;
CREATE FUNCTION f() RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT name FROM items() AS "I t" WHERE "I t".price > (SELECT avg(q.price) FROM items() q); END;
CREATE MATERIALIZED VIEW m AS SELECT q.name FROM items() q;
