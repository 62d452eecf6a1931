CREATE TABLE base (id int CONSTRAINT x NOT NULL, n int);
CREATE TABLE child () INHERITS (base);
CREATE TABLE grandchild () INHERITS (child);
