CREATE TABLE bills (id integer, sum numeric, CONSTRAINT sum_positive CHECK (sum > 0)) PARTITION BY LIST (id);
CREATE TABLE bills_1 PARTITION OF bills (CONSTRAINT sum_positive CHECK (sum > 0)) FOR VALUES IN (1);
CREATE TABLE bills_2 PARTITION OF bills FOR VALUES IN (2);
