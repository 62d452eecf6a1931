CREATE TABLE t (a int, c text GENERATED ALWAYS AS (a::text || 'x') STORED);
