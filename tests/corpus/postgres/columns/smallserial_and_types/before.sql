CREATE TABLE t (id smallserial, m money, x xml, p point, mac macaddr, ts tsvector, b bit varying(4), c "char", o oid);
