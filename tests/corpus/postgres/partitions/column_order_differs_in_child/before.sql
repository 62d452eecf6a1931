CREATE TABLE p (a int, b text, c date) PARTITION BY LIST (a);
CREATE TABLE p1 (c date, b text, a int);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
