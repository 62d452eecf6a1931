CREATE TABLE base (id int NOT NULL, n text);
CREATE TABLE child (n text) INHERITS (base);
CREATE TABLE grandchild (n text) INHERITS (child);
