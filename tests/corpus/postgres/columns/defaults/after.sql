CREATE TABLE t (a int, b text DEFAULT upper('x'), c timestamptz DEFAULT CURRENT_TIMESTAMP, d text DEFAULT 'a\b', e jsonb DEFAULT '[]');
