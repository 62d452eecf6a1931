CREATE TABLE readings (device integer NOT NULL, at date) PARTITION BY RANGE (device);
CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (100);
CREATE TABLE readings_high PARTITION OF readings FOR VALUES FROM (100) TO (200);
ALTER TABLE readings ADD CONSTRAINT readings_pk PRIMARY KEY (device);
ALTER TABLE readings ADD CONSTRAINT readings_u UNIQUE (device);
CREATE INDEX readings_i ON readings (device);
CREATE UNIQUE INDEX readings_i2 ON readings (device);
