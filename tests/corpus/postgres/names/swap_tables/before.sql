CREATE TABLE a (x int PRIMARY KEY, y text);
CREATE TABLE b (p uuid PRIMARY KEY, q date NOT NULL);
