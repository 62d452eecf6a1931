CREATE SCHEMA plugin_shop;
SET search_path = plugin_shop, public;
CREATE TYPE mood AS ENUM ('sad', 'so so', 'happy');
CREATE TABLE customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  "E-mail {x} 100%" text NOT NULL UNIQUE,
  name varchar(50) NOT NULL DEFAULT 'it''s "me" \ %d {0}',
  type char(3),
  mood mood NOT NULL DEFAULT 'so so',
  moods mood[] NOT NULL DEFAULT '{}',
  small smallint NOT NULL DEFAULT 3, n integer DEFAULT -5, big bigint DEFAULT 7,
  r real DEFAULT 1.5, d double precision, amount numeric(10,2) DEFAULT 0.00, free numeric,
  ok boolean NOT NULL DEFAULT true, day date DEFAULT CURRENT_DATE, t time, local timestamp, at timestamptz NOT NULL DEFAULT now(),
  i interval, j json, jb jsonb NOT NULL DEFAULT '{}', bytes bytea, tags text[] NOT NULL DEFAULT ARRAY[]::text[],
  collated text COLLATE "C",
  full_name text GENERATED ALWAYS AS (name || ' ' || "E-mail {x} 100%") STORED,
  CONSTRAINT odd_name CHECK (amount >= 0 AND name <> '{"a": "%"}'),
  CONSTRAINT customers_n_check CHECK (n < 100),
  CONSTRAINT u2 UNIQUE NULLS NOT DISTINCT (n, big),
  CONSTRAINT u3 UNIQUE (small, d) DEFERRABLE INITIALLY DEFERRED
);
COMMENT ON TABLE customers IS 'Who "buys"';
COMMENT ON COLUMN customers.name IS E'line one\nline two';
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY,
  customer uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
  parent bigint, other integer,
  serial_no serial,
  ip inet,
  CONSTRAINT orders_key PRIMARY KEY (id),
  CONSTRAINT to_parent FOREIGN KEY (parent) REFERENCES orders (id) ON UPDATE SET NULL DEFERRABLE INITIALLY IMMEDIATE
);
CREATE TABLE a (id int PRIMARY KEY, b int);
CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;
CREATE INDEX ON orders (customer);
CREATE INDEX odd ON orders USING btree (customer DESC NULLS LAST, lower(serial_no::text) text_pattern_ops) INCLUDE (other) WHERE other > 0;
CREATE INDEX g ON customers USING gin (jb jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX on_ip ON orders (ip);
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY mine ON orders FOR SELECT USING (customer::text = current_setting('app.user', true));
CREATE POLICY strict ON orders AS RESTRICTIVE FOR INSERT TO postgres WITH CHECK (other > 0);
CREATE VIEW v AS SELECT id, name FROM customers WHERE ok;
CREATE MATERIALIZED VIEW mv AS SELECT n, count(*) AS c FROM customers GROUP BY n;
CREATE UNIQUE INDEX mv_n ON mv (n);
CREATE FUNCTION twice(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT 2 * a $$;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at := now(); RETURN NEW; END $$;
CREATE TRIGGER touching BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION touch();
CREATE SEQUENCE numbers INCREMENT 5 CYCLE;
CREATE UNLOGGED TABLE fleeting (a int);
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN short_name AS varchar(20) DEFAULT 'it''s' NOT NULL;
CREATE TYPE pair AS (x integer, y text);
CREATE TYPE "Odd pair" AS ("first {x}" numeric(5,1), host inet);
CREATE TABLE own (p positive PRIMARY KEY, s short_name DEFAULT 'x', t pair, hosts inet NOT NULL DEFAULT '10.0.0.1');
CREATE SEQUENCE small AS smallint MAXVALUE 99;
CREATE TABLE events (id int, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
GRANT SELECT ON customers TO PUBLIC;
