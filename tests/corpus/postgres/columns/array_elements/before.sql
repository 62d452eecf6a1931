CREATE TYPE e AS ENUM ('a', 'b');
CREATE TABLE t (a int[], b text[], c varchar(5)[], d e[], f int, g text DEFAULT '{}', h int[] DEFAULT '{1,2}', i numeric(5,1)[][]);
CREATE INDEX gi ON t USING gin (a);
