CREATE TABLE parent (id integer DEFAULT 8, made timestamp, note text NOT NULL DEFAULT '');
CREATE TABLE child (LIKE parent);
ALTER TABLE child INHERIT parent;
CREATE TABLE other (id integer DEFAULT 8) INHERITS (parent);
