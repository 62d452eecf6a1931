CREATE TABLE t (a text, b int DEFAULT 1);
