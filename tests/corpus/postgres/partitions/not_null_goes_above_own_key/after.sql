CREATE TABLE logs (id int, kind text, at date) PARTITION BY RANGE (kind);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('a') TO ('m') PARTITION BY LIST (id);
CREATE TABLE logs_1a PARTITION OF logs_1 DEFAULT;
CREATE TABLE refs (id int, kind text);
ALTER TABLE logs_1a ADD CONSTRAINT logs_1a_own PRIMARY KEY (kind, id);
ALTER TABLE refs ADD FOREIGN KEY (kind, id) REFERENCES logs_1a;
CREATE TABLE base (id int);
CREATE TABLE child (PRIMARY KEY (id)) INHERITS (base);
