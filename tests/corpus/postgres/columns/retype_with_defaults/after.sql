CREATE TABLE t (a int DEFAULT 1, b jsonb DEFAULT '{}', c bool DEFAULT true, d text DEFAULT '0' NOT NULL, e bool DEFAULT true, f timestamptz DEFAULT now(), g int DEFAULT 1);
