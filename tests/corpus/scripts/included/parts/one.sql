CREATE TABLE one (a int);
\ir three.sql
