CREATE TYPE status AS ENUM ('draft', 'active');
CREATE TABLE posts (id integer PRIMARY KEY, status status NOT NULL DEFAULT 'draft', day date, history status[]);
INSERT INTO posts VALUES (1, 'active', NULL, '{draft,active}');
CREATE INDEX posts_status ON posts (status) WHERE status = 'active';
CREATE VIEW active AS SELECT * FROM posts WHERE status = 'active';
CREATE FUNCTION with_status(s status) RETURNS SETOF posts LANGUAGE sql AS $$ SELECT * FROM posts WHERE status = s $$;
CREATE TYPE entry AS (status status, note text);
CREATE TABLE log (id integer, entry entry);
INSERT INTO log VALUES (1, ('draft', 'new'));
