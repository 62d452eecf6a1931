CREATE TABLE readings (device integer NOT NULL, at date) PARTITION BY RANGE (device);
CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (100);
CREATE TABLE readings_high (device integer NOT NULL, at date);
