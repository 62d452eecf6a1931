CREATE TABLE names (n numeric(8,2) PRIMARY KEY);
CREATE TABLE logs (id int NOT NULL, at timestamp, n numeric(8,2), CONSTRAINT named FOREIGN KEY (n) REFERENCES names ON DELETE CASCADE) PARTITION BY LIST (id);
CREATE TABLE logs_1 (id int NOT NULL, at timestamp, n numeric(8,2));
CREATE TABLE logs_2 PARTITION OF logs FOR VALUES IN (2);
CREATE VIEW all_logs AS SELECT * FROM logs;
ALTER TABLE logs_1 ADD CONSTRAINT logs_1_once UNIQUE (at);
