CREATE TABLE t (a text, b varchar(20));
CREATE INDEX i ON t (a text_pattern_ops);
CREATE INDEX j ON t (b varchar_pattern_ops);
ALTER TABLE t ADD CONSTRAINT c CHECK (a LIKE 'x%');
