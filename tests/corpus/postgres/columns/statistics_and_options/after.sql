CREATE TABLE t (a text, b text);
ALTER TABLE t ALTER b SET STATISTICS 500, ALTER b SET (n_distinct = -0.5, n_distinct_inherited = 3), ALTER a SET STATISTICS 0;
