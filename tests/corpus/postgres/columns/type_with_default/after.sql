CREATE TABLE t (a integer DEFAULT 1, b text DEFAULT 'three', c text DEFAULT 'x');
