CREATE ROLE pair_owner;
CREATE TEXT SEARCH DICTIONARY simple_en (TEMPLATE = simple, STOPWORDS = english);
CREATE TEXT SEARCH DICTIONARY snow (TEMPLATE = snowball, LANGUAGE = english, STOPWORDS = english);
CREATE TEXT SEARCH CONFIGURATION conf (PARSER = "default");
ALTER TEXT SEARCH CONFIGURATION conf ADD MAPPING FOR asciiword, word WITH snow, simple;
ALTER TEXT SEARCH CONFIGURATION conf ADD MAPPING FOR email WITH simple;
CREATE TABLE docs (id integer, body text);
CREATE INDEX docs_body ON docs USING gin (to_tsvector('conf'::regconfig, body));
