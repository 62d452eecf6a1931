CREATE TABLE m (id int, k int, v text DEFAULT 'q' NOT NULL CHECK (v <> '')) PARTITION BY RANGE (k);
CREATE INDEX m_i ON m (id);
CREATE TABLE m_a (id int, k int, v text DEFAULT 'q' NOT NULL CHECK (v <> ''));
