CREATE TABLE a (id integer, y text, z text);
CREATE TABLE b () INHERITS (a);
CREATE TABLE c () INHERITS (a);
CREATE TABLE d () INHERITS (b);
CREATE TABLE e (z text);
CREATE TABLE f () INHERITS (a, e);
INSERT INTO b VALUES (1, 'kept', 'gone');
INSERT INTO d VALUES (2, 'kept', 'kept');
