create schema app;
create schema zed;
create function app.clean(text) returns text language sql immutable as $$ select $1 || 'app' $$;
create function public.clean(text) returns text language sql immutable as $$ select lower($1) $$;
create function zed.norm(text) returns text language sql immutable as $$ select clean($1) $$;
create table t (a text);
create unique index i on t (zed.norm(a));
