CREATE TABLE live (id integer, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE live_old PARTITION OF live FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE archive (id integer PRIMARY KEY, note text);
