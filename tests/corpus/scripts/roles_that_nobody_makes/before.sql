CREATE TABLE t (a int);
GRANT SELECT ON t TO script_nobody_1, "script Nobody 2";
BEGIN;
CREATE TABLE u (a int);
ALTER TABLE u OWNER TO script_nobody_3;
CREATE POLICY p ON u TO script_nobody_4 USING (true);
COMMIT;
CREATE SCHEMA AUTHORIZATION script_nobody_5;
ALTER DEFAULT PRIVILEGES FOR ROLE script_nobody_6 GRANT SELECT ON TABLES TO script_nobody_1;
