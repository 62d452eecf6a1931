CREATE TABLE archive (id integer, at date, extra text) PARTITION BY RANGE (at);
CREATE TABLE live_1 PARTITION OF archive FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE plain (id integer, note text) PARTITION BY LIST (id);
CREATE TABLE archive_1 PARTITION OF plain FOR VALUES IN (1);
CREATE TABLE live (id integer, note text);
CREATE TABLE kept_1 (id integer, at timestamp) PARTITION BY RANGE (at);
CREATE TABLE kept PARTITION OF kept_1 DEFAULT;
