CREATE TYPE size AS (width int, height text);
CREATE TABLE box (id int NOT NULL, size size, label text);
CREATE TABLE shelf (first box, others box[]);
