CREATE ACCESS METHOD mine TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD mine IS 'a heap';
CREATE ACCESS METHOD "Btree 2" TYPE INDEX HANDLER bthandler;

CREATE TABLE t (id integer);
CREATE TABLE u (id integer) USING mine;
