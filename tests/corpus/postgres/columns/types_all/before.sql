CREATE TABLE t (a smallint, b integer, c bigint, d numeric, e real, f varchar(10), g char(3), h text, i timestamp, j date, k time, l interval, m json, n inet, o bit(3), p text[], q uuid);
