CREATE TABLE a (id integer, x text DEFAULT 'x');
CREATE TABLE b (y text) INHERITS (a);
ALTER TABLE b ALTER x SET DEFAULT 'other';
