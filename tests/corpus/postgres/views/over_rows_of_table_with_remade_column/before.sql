CREATE TABLE tasks (id integer PRIMARY KEY, title text, done boolean);
CREATE FUNCTION open_tasks() RETURNS SETOF tasks LANGUAGE sql STABLE AS $$ SELECT * FROM tasks $$;
CREATE VIEW titles AS SELECT id, title FROM open_tasks();
CREATE FUNCTION how_many() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM open_tasks() o; END;
