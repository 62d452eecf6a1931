CREATE TABLE t (a text, b text, c numeric, d text COMPRESSION pglz);
ALTER TABLE t ALTER b SET STORAGE EXTERNAL, ALTER a SET STATISTICS 100, ALTER b SET (n_distinct = 5, n_distinct_inherited = 7), ALTER c SET STATISTICS 0;
