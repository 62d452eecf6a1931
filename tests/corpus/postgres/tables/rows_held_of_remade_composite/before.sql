CREATE TYPE size AS (width int, height int);
CREATE TABLE base (id int NOT NULL, size size);
CREATE TABLE box (label text) INHERITS (base);
CREATE TABLE shelf (first box, others box[]);
CREATE TABLE store (shelf shelf, kept int);
CREATE INDEX ON shelf ((first IS NULL));
