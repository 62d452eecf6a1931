CREATE TABLE live (id integer, at date, extra text) PARTITION BY RANGE (at);
CREATE TABLE live_1 PARTITION OF live FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE archive (id integer, note text) PARTITION BY LIST (id);
CREATE TABLE archive_1 PARTITION OF archive FOR VALUES IN (1);
CREATE TABLE plain (id integer, note text);
CREATE TABLE kept (id integer, at timestamp) PARTITION BY RANGE (at);
CREATE TABLE kept_1 PARTITION OF kept DEFAULT;
