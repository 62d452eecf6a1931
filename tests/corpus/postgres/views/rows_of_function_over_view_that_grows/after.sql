CREATE TABLE users (id bigint PRIMARY KEY, name text, email text, created_at timestamptz);
CREATE VIEW visible_users AS SELECT id, name, email, created_at FROM users;
CREATE FUNCTION found_users() RETURNS SETOF visible_users LANGUAGE sql STABLE AS 'SELECT * FROM visible_users';
CREATE VIEW a_user AS SELECT f.name FROM found_users() f;
