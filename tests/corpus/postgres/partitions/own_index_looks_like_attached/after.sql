CREATE TABLE logs (id bigint, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE logs_2 PARTITION OF logs FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX logs_id ON logs (id);
CREATE INDEX logs_2_own ON logs_2 (id);
CREATE UNIQUE INDEX logs_once ON logs (id, at);
ALTER TABLE logs_2 ADD CONSTRAINT logs_2_once UNIQUE (id, at);
