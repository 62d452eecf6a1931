SET standard_conforming_strings = off;
CREATE TABLE t (a text DEFAULT 'it\'s; -- x', b text DEFAULT 'c\\d');
SET standard_conforming_strings = on;
CREATE TABLE u (a text DEFAULT 'c\d', b text DEFAULT E'it\'s; \x41', c text DEFAULT U&'d\0061t', d text DEFAULT $q$a;'b$q$, e bytea DEFAULT '\x00ff');
