CREATE TYPE state AS ENUM ('a', 'b');
CREATE TYPE pair AS (a integer, b integer[], c text);
CREATE TABLE t OF pair (PRIMARY KEY (a));
CREATE VIEW v AS SELECT b FROM t;
