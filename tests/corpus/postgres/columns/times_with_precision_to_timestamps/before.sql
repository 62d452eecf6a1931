create table t (a time(3), b time(3) with time zone, c timestamp(3), d time, e date);
