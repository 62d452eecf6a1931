CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE DOMAIN shop.money AS numeric(12,2) CHECK (VALUE >= 0);
CREATE TABLE shop.orders (id uuid DEFAULT gen_random_uuid(), total shop.money NOT NULL, state shop.state DEFAULT 'new', at timestamptz DEFAULT now(), PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE shop.orders_2024 PARTITION OF shop.orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE FUNCTION shop.total(o shop.orders) RETURNS numeric LANGUAGE sql AS 'SELECT o.total::numeric';
CREATE MATERIALIZED VIEW shop.daily AS SELECT date_trunc('day', at) AS d, sum(total) AS s, count(*) AS n FROM shop.orders GROUP BY 1;
CREATE UNIQUE INDEX daily_d ON shop.daily (d);
