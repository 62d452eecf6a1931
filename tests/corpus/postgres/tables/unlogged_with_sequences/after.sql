CREATE UNLOGGED TABLE jobs (id int PRIMARY KEY, attempts int, number serial);
CREATE SEQUENCE batch OWNED BY jobs.attempts;
ALTER SEQUENCE jobs_number_seq SET LOGGED;
CREATE TABLE runs (id int PRIMARY KEY, number serial);
ALTER SEQUENCE runs_number_seq SET UNLOGGED;
