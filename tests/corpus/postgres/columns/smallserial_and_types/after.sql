CREATE TABLE t (id smallserial, m numeric, x text, p point, mac macaddr8, ts text, b bit varying(8), c text, o bigint);
