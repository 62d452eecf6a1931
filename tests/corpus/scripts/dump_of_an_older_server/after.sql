CREATE ROLE script_old_owner;
CREATE ROLE script_old_reader;
GRANT ALL ON SCHEMA public TO PUBLIC;
CREATE TABLE things (id serial PRIMARY KEY, name character varying(30) DEFAULT 'a''b\c'::character varying);
ALTER TABLE things OWNER TO script_old_owner;
REVOKE ALL ON TABLE things FROM script_old_owner;
GRANT SELECT ON TABLE things TO script_old_reader;
