CREATE SCHEMA audit;
CREATE TABLE audit.log (at timestamptz DEFAULT now(), tag text, by_whom text DEFAULT current_user);
CREATE FUNCTION audit.note_all() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN INSERT INTO audit.log (tag) VALUES (tg_tag); END$$;
CREATE EVENT TRIGGER audit_ddl ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION audit.note_all();
COMMENT ON EVENT TRIGGER audit_ddl IS 'some of it';
CREATE TABLE t (id bigint, n text);
CREATE VIEW v AS SELECT id FROM t;
