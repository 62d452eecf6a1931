CREATE TABLE t (a integer, b uuid, c jsonb, d text, e integer[], f boolean);
