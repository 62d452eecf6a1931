CREATE SCHEMA app;
CREATE TABLE app.t (a int DEFAULT 1);
CREATE INDEX ON app.t (a);
COMMENT ON TABLE app.t IS 'has :my_n rows';
CREATE TABLE app.n (a int DEFAULT 0);
CREATE TABLE app.last (a int);
