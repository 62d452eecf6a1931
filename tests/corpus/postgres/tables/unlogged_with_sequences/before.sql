CREATE TABLE jobs (id int PRIMARY KEY, attempts int, number serial);
CREATE UNLOGGED TABLE runs (id int PRIMARY KEY, number serial);
