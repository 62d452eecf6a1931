CREATE TABLE notes (id integer PRIMARY KEY, author text NOT NULL, stars integer NOT NULL);
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON notes USING (author = current_user) WITH CHECK (stars > 0);
CREATE POLICY rated ON notes FOR UPDATE USING (stars > 1) WITH CHECK (stars < 6);
