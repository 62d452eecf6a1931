CREATE TABLE my_table (a int DEFAULT 1, b text DEFAULT ':tbl', c text DEFAULT 'my_table', d timestamp DEFAULT '2020-01-01'::timestamp);
CREATE TABLE after_connect (a int);
