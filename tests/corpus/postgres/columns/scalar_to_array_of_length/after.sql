CREATE TABLE t (a char(5)[], b varchar(10)[], c numeric(6, 2)[], d varchar(20)[], e timestamp[]);
