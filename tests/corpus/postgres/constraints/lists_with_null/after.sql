create table t (a int, s varchar(10), check (s in ('a', null)), check (s not in ('x','y')), check (s = any (array['p','q']::varchar[])), check (s::text = any (array['p','q']::varchar[])));
create view v as select * from t where s in ('a', null, 'c') or s in ('it''s', E'b\\c');
