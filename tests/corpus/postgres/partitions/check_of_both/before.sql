CREATE TABLE bills (id integer, sum numeric) PARTITION BY LIST (id);
CREATE TABLE bills_1 PARTITION OF bills FOR VALUES IN (1);
