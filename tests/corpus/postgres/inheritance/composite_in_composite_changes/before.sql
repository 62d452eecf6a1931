CREATE TYPE point2 AS (x numeric, y numeric);
CREATE TYPE box2 AS (lo point2, hi point2);
CREATE TABLE places (id int PRIMARY KEY, bounds box2);
CREATE TABLE cities (population int) INHERITS (places);
INSERT INTO places VALUES (1, ROW(ROW(1, 2), ROW(3, NULL))), (2, ROW(NULL, ROW(NULL, NULL))), (3, NULL);
