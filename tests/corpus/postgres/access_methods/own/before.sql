CREATE ACCESS METHOD mine TYPE TABLE HANDLER heap_tableam_handler;
CREATE TABLE t (id integer) USING mine;
CREATE TABLE u (id integer);
