CREATE TABLE events (id int NOT NULL, line text, at date NOT NULL, CONSTRAINT logs_once UNIQUE (at, id)) PARTITION BY RANGE (id);
CREATE TABLE logs_1 PARTITION OF events FOR VALUES FROM (1) TO (10) PARTITION BY HASH (id);
CREATE TABLE logs_1a PARTITION OF logs_1 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE INDEX events_long ON events ((length(line)));
CREATE UNIQUE INDEX logs_line ON events (id) INCLUDE (line);
