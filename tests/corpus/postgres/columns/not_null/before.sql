CREATE TABLE t (a int, b int NOT NULL, c text NOT NULL DEFAULT '');
