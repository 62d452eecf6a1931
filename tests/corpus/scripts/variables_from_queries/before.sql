\set prefix 'app' '_v1'
SELECT 'one' AS first, NULL::text AS second, 'it''s' AS third \gset
\set second still
CREATE TABLE :"prefix" (a text DEFAULT :'third', b text DEFAULT :'first', c text DEFAULT E'\':first', d text DEFAULT $q$:first$q$);
\unset first
CREATE TABLE u (a text DEFAULT (ARRAY['x','y'])[1:1]::text, b bool DEFAULT :{?first}, c bool DEFAULT :{?second}); \echo done \\ CREATE TABLE w (a int);
SELECT current_database() = :'DBNAME' AS same, :SERVER_VERSION_NUM >= 150000 AS new \gset
\if :same
\if :new
CREATE TABLE same_and_new (a int);
\endif
\endif
