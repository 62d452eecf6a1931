CREATE SUBSCRIPTION script_plain CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION a, c WITH (connect = false);
CREATE SUBSCRIPTION "Script, quoted" CONNECTION 'host=127.0.0.1 port=1 dbname=x' PUBLICATION a, b
    WITH (connect = false, slot_name = 'kept', binary = true);
