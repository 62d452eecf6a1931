CREATE TABLE t (a int, b text, c text, d uuid, e date[], f varchar(10));
INSERT INTO t VALUES (1,'{a}', 'x', gen_random_uuid(), '{2020-01-01}', NULL);
