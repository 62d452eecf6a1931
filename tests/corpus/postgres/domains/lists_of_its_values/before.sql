CREATE DOMAIN word AS text CHECK (VALUE <> 'x');
CREATE DOMAIN num AS int CHECK (VALUE > 0);
CREATE TABLE t (a text, b int);
