CREATE SCHEMA a;
CREATE TEXT SEARCH DICTIONARY a.d (TEMPLATE = synonym, SYNONYMS = synonym_sample);
CREATE TEXT SEARCH CONFIGURATION conf (COPY = english);
ALTER TEXT SEARCH CONFIGURATION conf ALTER MAPPING FOR asciiword WITH a.d, english_stem;
CREATE TABLE docs (body text, v tsvector GENERATED ALWAYS AS (to_tsvector('conf', body)) STORED);
CREATE INDEX ON docs USING gin (v);
