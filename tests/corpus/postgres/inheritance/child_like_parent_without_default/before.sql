CREATE TABLE parent (id integer DEFAULT 7, made timestamp DEFAULT now(), note text NOT NULL);
