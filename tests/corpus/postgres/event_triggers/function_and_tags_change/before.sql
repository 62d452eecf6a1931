CREATE SCHEMA audit;
CREATE TABLE audit.log (at timestamptz DEFAULT now(), tag text);
CREATE FUNCTION audit.note() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO audit.log (tag) VALUES (tg_tag); END$$;
CREATE EVENT TRIGGER audit_ddl ON ddl_command_end EXECUTE FUNCTION audit.note();
COMMENT ON EVENT TRIGGER audit_ddl IS 'all of it';
CREATE EVENT TRIGGER "Audit drops" ON sql_drop EXECUTE FUNCTION audit.note();
CREATE TABLE t (id integer);
