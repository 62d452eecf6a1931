CREATE TYPE size AS (height bigint, width int, depth int);
CREATE TABLE base (id int NOT NULL, size size, made date DEFAULT '2020-01-01');
CREATE TABLE box (label text) INHERITS (base);
CREATE TABLE shelf (first box, others box[]);
CREATE TABLE store (shelf shelf, kept bigint);
CREATE INDEX ON shelf ((first IS NULL));
