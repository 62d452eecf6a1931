CREATE TABLE t (i int);
CREATE EXTENSION cube;
CREATE EXTENSION earthdistance;
CREATE EXTENSION "uuid-ossp";
CREATE TABLE u (id uuid DEFAULT uuid_generate_v4() PRIMARY KEY);
