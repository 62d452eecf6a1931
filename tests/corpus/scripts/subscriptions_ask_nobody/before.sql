-- There is no such publisher, and nobody is asked.
CREATE SUBSCRIPTION script_plain CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION a;
CREATE SUBSCRIPTION "Script, quoted" CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION a, b
    WITH (copy_data = false, create_slot = true, enabled = true, slot_name = 'kept', binary);
ALTER SUBSCRIPTION script_plain ENABLE;
ALTER SUBSCRIPTION script_plain ADD PUBLICATION c;
ALTER SUBSCRIPTION script_plain REFRESH PUBLICATION;
CREATE SUBSCRIPTION script_gone CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION a WITH (connect = false);
DROP SUBSCRIPTION script_gone;
DROP SUBSCRIPTION IF EXISTS script_never;
