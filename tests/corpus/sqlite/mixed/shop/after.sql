CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL COLLATE NOCASE, name TEXT, CONSTRAINT customers_email_key UNIQUE (email)) STRICT;
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, total INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'new', placed TEXT, CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES customers (id) ON DELETE CASCADE, CONSTRAINT orders_total_check CHECK (total >= 0)) STRICT;
CREATE INDEX orders_customer ON orders (customer, placed DESC);
CREATE TABLE lines (order_id INTEGER NOT NULL, line INTEGER NOT NULL, what TEXT NOT NULL, CONSTRAINT lines_pkey PRIMARY KEY (order_id, line), CONSTRAINT lines_order_fkey FOREIGN KEY (order_id) REFERENCES orders (id)) STRICT, WITHOUT ROWID;
CREATE VIEW open_orders AS SELECT id, total, placed FROM orders WHERE state <> 'done';
CREATE TRIGGER orders_place AFTER INSERT ON orders WHEN NEW.placed IS NULL BEGIN UPDATE orders SET placed = 'today' WHERE id = NEW.id; END;
