CREATE TABLE notes (id integer PRIMARY KEY, author text NOT NULL, stars integer NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes WITH CHECK (stars > 0);
CREATE POLICY rated ON notes FOR UPDATE USING (stars > 1);
