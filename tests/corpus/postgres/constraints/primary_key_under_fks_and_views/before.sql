CREATE TABLE p (id int PRIMARY KEY, code text NOT NULL UNIQUE, n int);
CREATE TABLE c1 (pid int REFERENCES p);
CREATE TABLE c2 (code text REFERENCES p (code));
CREATE VIEW v AS SELECT id, code, n FROM p GROUP BY id;
