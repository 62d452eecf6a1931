CREATE TABLE t (a boolean, b int, c numeric, d boolean, e bit(3), f money, g interval, h int4range, i jsonb, j jsonb, k smallint, l inet, m real, n json, o timestamptz, p text, q varchar(50), r boolean);
INSERT INTO t VALUES (true, 1, 0, false, '101', 12.5, '2 hours', '[1,2)', '5', '"2020-01-01"', 0, '1.1.1.1', 1.5, '{}', now(), '5', 'true', false);
