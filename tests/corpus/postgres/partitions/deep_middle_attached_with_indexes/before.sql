CREATE TABLE logs (id int NOT NULL, at date NOT NULL, kind text) PARTITION BY HASH (id);
CREATE TABLE logs_1 (id int NOT NULL, at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE logs_1a PARTITION OF logs_1 FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY LIST (kind);
CREATE TABLE logs_1aa PARTITION OF logs_1a FOR VALUES IN ('a');
CREATE TABLE logs_1ab PARTITION OF logs_1a DEFAULT;
CREATE INDEX logs_kind ON logs ((lower(kind)));
CREATE INDEX logs_1aa_kind ON logs_1aa ((lower(kind)));
