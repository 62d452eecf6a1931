CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN good AS mood CHECK (VALUE <> 'sad');
CREATE TABLE day (id int, mood good, moods good[]);
CREATE TABLE sunday (mood good NOT NULL) INHERITS (day);
CREATE INDEX ON day (mood);
CREATE FUNCTION best() RETURNS good LANGUAGE sql STABLE AS $$ SELECT mood FROM day $$;
