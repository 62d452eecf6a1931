CREATE ROLE pair_owner;
CREATE ROLE pair_reader;
CREATE SCHEMA s;
CREATE SEQUENCE s.numbers;
