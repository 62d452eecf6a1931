CREATE TABLE t (a bigint, c text GENERATED ALWAYS AS (a::text || 'x') STORED);
