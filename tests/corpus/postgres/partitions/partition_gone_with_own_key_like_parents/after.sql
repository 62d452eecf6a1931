CREATE TABLE logs (id int NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY HASH (at);
CREATE TABLE logs_1 (id int NOT NULL, at date NOT NULL);
CREATE TABLE refs (id int, at date, FOREIGN KEY (id, at) REFERENCES logs);
