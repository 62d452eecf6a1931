CREATE SCHEMA b;
CREATE TEXT SEARCH DICTIONARY b.d (TEMPLATE = synonym, SYNONYMS = synonym_sample, CASESENSITIVE = true);
CREATE TEXT SEARCH CONFIGURATION conf (COPY = english);
ALTER TEXT SEARCH CONFIGURATION conf ALTER MAPPING FOR asciiword WITH b.d, english_stem;
CREATE TABLE docs (body text, v tsvector GENERATED ALWAYS AS (to_tsvector('conf', body)) STORED);
CREATE INDEX ON docs USING gin (v);
