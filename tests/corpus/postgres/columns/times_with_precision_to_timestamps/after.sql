create table t (a timestamp(3), b date, c time(3), d timestamptz(2), e time(2));
