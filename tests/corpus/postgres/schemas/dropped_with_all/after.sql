CREATE SCHEMA b;
CREATE TABLE b.u (id int);
CREATE TABLE b.h (h text);
