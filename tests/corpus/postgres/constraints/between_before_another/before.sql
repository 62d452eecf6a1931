CREATE TABLE t (a int, b int, v varchar(5), d date, s text);
CREATE TABLE rows_compared (a int, b int);
