CREATE SCHEMA shop;
CREATE TABLE shop.orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), total numeric(10,2), state text DEFAULT 'new', at timestamptz DEFAULT now());
CREATE FUNCTION shop.total(o shop.orders) RETURNS numeric LANGUAGE sql AS 'SELECT o.total';
CREATE MATERIALIZED VIEW shop.daily AS SELECT date_trunc('day', at) AS d, sum(total) AS s FROM shop.orders GROUP BY 1;
CREATE UNIQUE INDEX daily_d ON shop.daily (d);
