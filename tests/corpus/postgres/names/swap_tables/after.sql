CREATE TABLE b (x int PRIMARY KEY, y text);
CREATE TABLE a (p uuid PRIMARY KEY, q date NOT NULL);
