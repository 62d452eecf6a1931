CREATE TABLE a (id integer NOT NULL, k integer NOT NULL) PARTITION BY RANGE (id);
