CREATE ROLE pair_owner;
CREATE ROLE pair_reader;
CREATE SCHEMA s;
CREATE SEQUENCE s.numbers;
GRANT USAGE ON SCHEMA s TO pair_owner;
GRANT SELECT ON s.numbers TO pair_owner WITH GRANT OPTION;
SET ROLE pair_owner;
GRANT SELECT ON s.numbers TO pair_reader;
RESET ROLE;
