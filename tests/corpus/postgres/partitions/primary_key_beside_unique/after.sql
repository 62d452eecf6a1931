CREATE TABLE readings (device integer NOT NULL, at date,
  CONSTRAINT readings_pk PRIMARY KEY (device),
  CONSTRAINT readings_u UNIQUE (device)) PARTITION BY RANGE (device);
CREATE TABLE readings_low PARTITION OF readings FOR VALUES FROM (0) TO (100);
CREATE TABLE readings_high PARTITION OF readings FOR VALUES FROM (100) TO (200);
