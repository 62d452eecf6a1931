CREATE TABLE t (id int PRIMARY KEY, b int DEFAULT 5, c timestamptz DEFAULT now() NOT NULL, d numeric(10,2));
