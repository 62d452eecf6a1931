CREATE TYPE point2 AS (x double precision, y double precision, z double precision);
CREATE TYPE box2 AS (lo point2, hi point2, label text);
CREATE TABLE places (id int PRIMARY KEY, bounds box2);
CREATE TABLE cities (population int) INHERITS (places);
