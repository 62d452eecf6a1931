CREATE TABLE t (a text DEFAULT '1', b varchar DEFAULT '{}', c int DEFAULT 1, d int DEFAULT 0 NOT NULL, e text DEFAULT 'true', f text DEFAULT now()::text, g boolean DEFAULT true);
