CREATE TABLE readings (device integer NOT NULL, at date);
