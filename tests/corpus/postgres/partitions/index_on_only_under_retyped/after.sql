CREATE TABLE logs (id int, at date, word varchar(20)) PARTITION BY LIST (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES IN ('2020-01-01');
CREATE INDEX logs_word ON ONLY logs (word);
