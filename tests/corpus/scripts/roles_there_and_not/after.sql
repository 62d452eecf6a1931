CREATE ROLE script_made_a LOGIN;
CREATE ROLE script_made_c;
CREATE ROLE "script Made B" LOGIN;
CREATE TABLE t (a int);
GRANT SELECT ON t TO script_made_a, "script Made B", script_made_c;
