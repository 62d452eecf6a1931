\set ON_ERROR_STOP on
\set tbl 'my_table'
\echo 'creating' :tbl
\timing off
CREATE TABLE :"tbl" (a int DEFAULT 1, b text DEFAULT ':tbl', c text DEFAULT :'tbl', d timestamp DEFAULT '2020-01-01'::timestamp);
\pset pager off
\d my_table
\connect postgres
CREATE TABLE after_connect (a int);
\q
CREATE TABLE never (a int);
