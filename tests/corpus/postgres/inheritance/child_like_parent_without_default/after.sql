CREATE TABLE parent (id integer DEFAULT 7, made timestamp DEFAULT now(), note text NOT NULL);
CREATE TABLE child (LIKE parent);
ALTER TABLE child INHERIT parent;
