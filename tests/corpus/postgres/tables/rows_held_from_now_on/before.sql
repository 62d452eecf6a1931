CREATE TYPE state AS ENUM ('open', 'shut');
CREATE TABLE base (id int NOT NULL, at timestamp(3));
CREATE TABLE door (state state[], note text) INHERITS (base);
CREATE TABLE log (line int, door door, doors door[]);
