create table audit_log (tag text);
create function note() returns event_trigger language plpgsql as $$ begin insert into audit_log values (tg_tag); end $$;
create event trigger et on ddl_command_end execute function note();
create table t (a int);
