CREATE TABLE p (a int, b text, c date, d int NOT NULL DEFAULT 4) PARTITION BY LIST (a);
CREATE TABLE p1 (c date, b text, a int, d int NOT NULL);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
