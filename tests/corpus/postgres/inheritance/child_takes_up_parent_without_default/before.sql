CREATE TABLE parent (id integer DEFAULT 7, made timestamp DEFAULT now(), note text NOT NULL);
CREATE TABLE child (LIKE parent);
CREATE TABLE other (LIKE parent);
ALTER TABLE other INHERIT parent;
