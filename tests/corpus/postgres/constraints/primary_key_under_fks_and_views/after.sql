CREATE TABLE p (id int NOT NULL UNIQUE, code text PRIMARY KEY, n int);
CREATE TABLE c1 (pid int REFERENCES p (id));
CREATE TABLE c2 (code text REFERENCES p);
CREATE VIEW v AS SELECT id, code, n FROM p GROUP BY code;
