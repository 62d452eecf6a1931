CREATE TYPE e AS ENUM ('b', 'a', 'c');
CREATE TABLE t (a bigint[], b e[], c text[], d text[], f int[], g text[] DEFAULT '{}', h text[] DEFAULT '{x}', i float8[]);
CREATE INDEX gi ON t USING gin (a);
