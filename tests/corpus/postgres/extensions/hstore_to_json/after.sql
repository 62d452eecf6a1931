CREATE EXTENSION hstore;
CREATE TABLE t (h jsonb, j json DEFAULT '{}');
