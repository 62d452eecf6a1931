CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT NOT NULL, name TEXT) STRICT;
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL, total INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'new', CONSTRAINT orders_customer_fkey FOREIGN KEY (customer) REFERENCES customers (id)) STRICT;
CREATE INDEX orders_customer ON orders (customer);
CREATE VIEW open_orders AS SELECT id, total FROM orders WHERE state = 'new';
INSERT INTO customers VALUES (1, 'ada@example.org', 'Ada');
INSERT INTO orders (customer, total) VALUES (1, 10), (1, 20);
