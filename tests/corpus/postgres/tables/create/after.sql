CREATE SCHEMA s;
CREATE TABLE s.a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, parent bigint REFERENCES s.a ON DELETE SET NULL, price numeric(8,2) DEFAULT 0 CHECK (price >= 0));
CREATE INDEX ON s.a (parent);
COMMENT ON TABLE s.a IS 'made';
COMMENT ON COLUMN s.a.name IS 'named';
CREATE TABLE b (a_id bigint NOT NULL REFERENCES s.a, tags text[] DEFAULT '{}'::text[], PRIMARY KEY (a_id));
