CREATE TABLE bills (id integer, sum numeric, CONSTRAINT sum_positive CHECK (sum > 1)) PARTITION BY LIST (id);
CREATE TABLE bills_1 (id integer, sum numeric, CONSTRAINT sum_positive CHECK (sum > 1));
ALTER TABLE bills ATTACH PARTITION bills_1 FOR VALUES IN (1);
CREATE TABLE bills_2 (id integer, sum numeric, CONSTRAINT sum_positive CHECK (sum > 1));
