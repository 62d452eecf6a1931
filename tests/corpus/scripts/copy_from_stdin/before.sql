CREATE TABLE t (a int, b text);
COPY t (a, b) FROM stdin;
1	x;y
2	it's -- not a comment
3	\N
\.

CREATE TABLE u (LIKE t);
COPY public.u FROM STDIN WITH (FORMAT csv);
1,"a,b"
\.
INSERT INTO t SELECT * FROM u;
CREATE INDEX ON t (a);
