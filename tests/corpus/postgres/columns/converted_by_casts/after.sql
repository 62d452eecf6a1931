CREATE TABLE t (a int, b boolean, c boolean, d bigint, e int, f numeric, g time, h int4multirange, i int, j date, k boolean, l cidr, m numeric(5,2), n jsonb, o date, p bigint, q boolean, r numeric);
