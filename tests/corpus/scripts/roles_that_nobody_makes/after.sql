CREATE ROLE script_nobody_1; CREATE ROLE "script Nobody 2"; CREATE ROLE script_nobody_3; CREATE ROLE script_nobody_4; CREATE ROLE script_nobody_5; CREATE ROLE script_nobody_6;
CREATE TABLE t (a int);
GRANT SELECT ON t TO script_nobody_1, "script Nobody 2";
CREATE TABLE u (a int);
ALTER TABLE u OWNER TO script_nobody_3;
CREATE POLICY p ON u TO script_nobody_4 USING (true);
CREATE SCHEMA script_nobody_5 AUTHORIZATION script_nobody_5;
ALTER DEFAULT PRIVILEGES FOR ROLE script_nobody_6 GRANT SELECT ON TABLES TO script_nobody_1;
