CREATE TABLE live (id integer, at date, note text) PARTITION BY RANGE (at);
CREATE TABLE p PARTITION OF live FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE archive (id integer PRIMARY KEY, at text);
CREATE VIEW seen AS SELECT at FROM live;
