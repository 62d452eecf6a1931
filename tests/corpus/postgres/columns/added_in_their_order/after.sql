CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (id int, z int, s serial, e text, b int GENERATED ALWAYS AS IDENTITY, a int, f e, d uuid DEFAULT gen_random_uuid(), aa int GENERATED ALWAYS AS (z + a) STORED, ab int);
CREATE TYPE c AS (x int, z int, a text);
CREATE TABLE par (a int, z int, b int) PARTITION BY LIST (a);
CREATE TABLE ch PARTITION OF par FOR VALUES IN (1);
CREATE TABLE i (a int, z int, b int);
CREATE TABLE j (k int, y int, c int) INHERITS (i);
