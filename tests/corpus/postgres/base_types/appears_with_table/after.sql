CREATE SCHEMA app;
CREATE TYPE app.word;
CREATE FUNCTION app.word_in(cstring) RETURNS app.word LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION app.word_out(app.word) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE app.word (INPUT = app.word_in, OUTPUT = app.word_out, LIKE = text, CATEGORY = 'S', COLLATABLE = true);
COMMENT ON TYPE app.word IS 'a word of ours';
COMMENT ON FUNCTION app.word_in(cstring) IS 'reads it';
CREATE TABLE app.t (id integer PRIMARY KEY, w app.word, many app.word[]);
