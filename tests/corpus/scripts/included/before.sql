\i parts/one.sql
\ir parts/two.sql
