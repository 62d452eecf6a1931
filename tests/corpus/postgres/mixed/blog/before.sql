CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL);
CREATE TABLE posts (id serial PRIMARY KEY, user_id int REFERENCES users, title varchar(100), body text, created timestamp DEFAULT now());
CREATE INDEX posts_user ON posts (user_id);
CREATE VIEW recent AS SELECT p.id, p.title, u.email FROM posts p JOIN users u ON u.id = p.user_id;
