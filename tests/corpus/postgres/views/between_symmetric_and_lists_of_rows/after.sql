create table t (a int, s varchar);
create view v as
select a between symmetric 1 and 2 or s is null as either_way,
       a not between symmetric 3 and 4 and s = 'x' as outside,
       (a, s) in ((1, 'x'), (2, 'y')) or a = 2 as listed,
       (a, s) < (1, 'b') and a > 1 as below,
       '(((a >= 1) AND (a <= 2)) AND b)'::text as said
from t;
