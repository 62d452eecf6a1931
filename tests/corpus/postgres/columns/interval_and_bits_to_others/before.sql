CREATE TABLE spans (id integer, a interval DEFAULT '1 day', b interval, c bit varying(8), d bit varying, e interval);
