CREATE TABLE logs (id int NOT NULL, kind text NOT NULL, at date NOT NULL, PRIMARY KEY (kind, id, at)) PARTITION BY RANGE (at);
CREATE TABLE logs_1 (id int NOT NULL, kind text NOT NULL, at date NOT NULL, CONSTRAINT logs_1_own PRIMARY KEY (kind, id, at));
ALTER TABLE logs ATTACH PARTITION logs_1 DEFAULT;
