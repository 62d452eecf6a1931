CREATE SEQUENCE ids;
CREATE TABLE a (id int PRIMARY KEY DEFAULT nextval('ids'));
CREATE TABLE b (id int PRIMARY KEY DEFAULT nextval('ids'));
