CREATE TABLE logs (id int, at date NOT NULL, n int, CONSTRAINT logs_once UNIQUE (id, n));
CREATE TABLE logs_1 (id int, at date NOT NULL, n int);
CREATE UNIQUE INDEX logs_back ON logs (n);
ALTER TABLE logs_1 ADD CONSTRAINT logs_1_own UNIQUE (n);
