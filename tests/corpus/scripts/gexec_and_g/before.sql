CREATE TABLE a (x int) \g
SELECT format('CREATE TABLE %I (y int)', n) FROM unnest(ARRAY['b', 'C d']) n
\gexec
SELECT 'CREATE TABLE e (z int); CREATE INDEX ON e (z)' \gexec
