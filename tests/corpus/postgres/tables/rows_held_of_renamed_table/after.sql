CREATE TYPE unit AS ENUM ('mm', 'cm');
CREATE TYPE size AS (width unit, height unit[]);
CREATE TABLE crate (id int NOT NULL, size size, label text);
CREATE TABLE shelf (first crate, others crate[]);
