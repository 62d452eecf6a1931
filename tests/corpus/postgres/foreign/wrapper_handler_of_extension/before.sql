CREATE EXTENSION file_fdw;
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE log (line text, at text) SERVER files OPTIONS (filename '/tmp/a', format 'csv');
