CREATE TABLE t (id INTEGER PRIMARY KEY, note TEXT, kept TEXT) STRICT;
CREATE INDEX t_note ON t (note);
INSERT INTO t VALUES (1, 'gone', 'kept');
