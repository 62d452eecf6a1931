CREATE TABLE t (a int PRIMARY KEY, b text);
\copy t (a, b) from stdin
1	it's; here
2	\N
\.
\copy t from 'rows.csv' with (format csv, header);
\copy t to 'nowhere.csv' csv
CREATE TABLE made_by_rows (a int);
SELECT format('CREATE TABLE rows_%s (x int)', count(*)) FROM t \gexec
