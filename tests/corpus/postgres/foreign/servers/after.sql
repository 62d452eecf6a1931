CREATE EXTENSION postgres_fdw;
CREATE SERVER a VERSION '2' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'y', dbname 'd');
CREATE USER MAPPING FOR postgres SERVER a OPTIONS ("user" 'v');
CREATE USER MAPPING FOR PUBLIC SERVER a;
CREATE FOREIGN TABLE ft (a bigint NOT NULL, b text OPTIONS (column_name 'cc'), c date DEFAULT now(), CONSTRAINT k CHECK (a > 0)) SERVER a OPTIONS (table_name 'u', schema_name 's');
COMMENT ON FOREIGN TABLE ft IS 'far';
COMMENT ON COLUMN ft.b IS 'col';
COMMENT ON SERVER a IS 'srv';
