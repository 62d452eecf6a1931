CREATE ROLE seller;
CREATE ROLE buyer;
GRANT CREATE ON SCHEMA public TO seller;
ALTER DEFAULT PRIVILEGES FOR ROLE seller GRANT USAGE ON SEQUENCES TO buyer;
CREATE TABLE orders (id integer, n integer);
ALTER TABLE orders OWNER TO seller;
CREATE TABLE items (id integer, n integer);
ALTER TABLE items OWNER TO seller;
