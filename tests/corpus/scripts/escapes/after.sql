CREATE TABLE t (a text DEFAULT 'it''s; -- x', b text DEFAULT 'c\d');
CREATE TABLE u (a text DEFAULT 'c\d', b text DEFAULT 'it''s; A', c text DEFAULT 'dat', d text DEFAULT 'a;''b', e bytea DEFAULT '\x00ff');
