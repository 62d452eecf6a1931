CREATE TABLE archive (id integer, at date, note text) PARTITION BY RANGE (at);
CREATE TABLE live PARTITION OF archive FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE p (id integer PRIMARY KEY, at text);
CREATE VIEW seen AS SELECT at FROM archive;
