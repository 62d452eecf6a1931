CREATE TYPE mood AS ENUM ('happy', 'sad', 'calm');
CREATE TABLE day (id int, mood mood, moods mood[]);
CREATE TABLE sunday (mood mood NOT NULL) INHERITS (day);
CREATE INDEX ON day (mood DESC);
CREATE FUNCTION best() RETURNS SETOF mood LANGUAGE sql STABLE AS $$ SELECT mood FROM day $$;
