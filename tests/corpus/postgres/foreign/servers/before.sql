CREATE EXTENSION postgres_fdw;
CREATE SERVER a FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'x', port '1');
CREATE USER MAPPING FOR postgres SERVER a OPTIONS ("user" 'u', password 'p');
CREATE FOREIGN TABLE ft (a int, b text OPTIONS (column_name 'bb')) SERVER a OPTIONS (table_name 't');
