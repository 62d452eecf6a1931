\set env 'prod'
\if :{?schema} \else \set schema app \endif
CREATE SCHEMA :"schema";
\if :{?nobody_set_this}
CREATE TABLE never (a int;
\ir no_such_file.sql
\elif no
CREATE TABLE never_either (a int);
\else
CREATE TABLE app.t (a int DEFAULT 1);
  \if on
    CREATE INDEX ON app.t (a);
    \if false
      \if true
        CREATE TABLE inner_never (a int);
      \else
        CREATE TABLE inner_never_either (a int);
      \endif
    \endif
  \else
    CREATE TABLE other_never (a int);
  \endif
\endif
SELECT :'env' = 'prod' AS is_prod, count(*) AS n FROM app.t \gset my_
\if :my_is_prod
COMMENT ON TABLE app.t IS 'has :my_n rows';
CREATE TABLE app.n (a int DEFAULT :my_n);
\endif
\if maybe
CREATE TABLE not_a_truth_value (a int);
\endif
CREATE TABLE app.last (a int);
