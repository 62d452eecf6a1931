CREATE TYPE c AS (x text, y text);
CREATE TABLE ty OF c (x DEFAULT 'a');
