create table t (a int, s varchar);
