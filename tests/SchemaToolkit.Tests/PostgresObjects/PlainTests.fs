module SchemaToolkit.Tests.PostgresObjects.PlainTests

open System
open System.Threading
open Expecto
open SchemaToolkit.PostgresObjects
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// Each turn that a key, a reference, an index, a column or a default can take, plain or not.
let private shapes =
    """
CREATE SCHEMA "Order";
CREATE SCHEMA other;
CREATE TYPE mood AS ENUM ('low', 'high');
CREATE DOMAIN plain AS text;
CREATE DOMAIN sorted AS text COLLATE "C";
CREATE TYPE pair AS (a integer, b text);

CREATE TABLE parent (id bigint PRIMARY KEY, a integer, b text, UNIQUE (a, b));
CREATE TABLE "Order"."user" ("select" integer PRIMARY KEY, "Großes" text UNIQUE, "between" integer, value integer, "a""b" integer, x$y integer, _1 integer,
  UNIQUE ("between", value), UNIQUE ("a""b", x$y, _1));
CREATE INDEX "DESC" ON "Order"."user" ("Großes" DESC, "between", x$y);
CREATE TABLE other.child (
  a integer, b text, c bigint REFERENCES parent, d bigint REFERENCES parent (id) ON UPDATE CASCADE ON DELETE SET NULL,
  e bigint DEFAULT 3 REFERENCES parent ON DELETE SET DEFAULT ON UPDATE RESTRICT, f integer REFERENCES "Order"."user",
  g bigint REFERENCES parent DEFERRABLE, h bigint REFERENCES parent DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY (a, b) REFERENCES parent (a, b) MATCH FULL,
  CONSTRAINT some_columns FOREIGN KEY (a, b) REFERENCES parent (a, b) ON DELETE SET NULL (a));
ALTER TABLE other.child ADD CONSTRAINT unchecked FOREIGN KEY (c) REFERENCES parent NOT VALID;
CREATE TABLE itself (id integer PRIMARY KEY, up integer REFERENCES itself ON DELETE CASCADE);

CREATE TABLE keys (a integer, b integer, c integer, d integer, e tsrange, "primary" integer,
  CONSTRAINT including UNIQUE (a) INCLUDE (b), CONSTRAINT "not distinct" UNIQUE NULLS NOT DISTINCT (c), CONSTRAINT later UNIQUE (d) DEFERRABLE,
  CONSTRAINT filled UNIQUE (b) WITH (fillfactor = 70), PRIMARY KEY ("primary"), EXCLUDE USING gist (e WITH &&));
ALTER TABLE keys CLUSTER ON keys_pkey;
CREATE TABLE told (id integer NOT NULL UNIQUE, other integer, CONSTRAINT k PRIMARY KEY (other));
ALTER TABLE told REPLICA IDENTITY USING INDEX told_id_key;
ALTER INDEX k RENAME TO renamed;
ALTER TABLE told ADD CONSTRAINT own_name UNIQUE (id, other);
COMMENT ON INDEX renamed IS 'the index';
COMMENT ON CONSTRAINT renamed ON told IS 'the constraint';

CREATE TABLE checks (a integer CHECK (a > 0), b text CHECK (b <> '' AND length(b) < 10 OR b IS NULL), c integer CHECK (CASE WHEN c > 1 THEN true ELSE c IN (0, 1) END),
  CHECK (a < c) NO INHERIT, CONSTRAINT "Weird ""name"" it has" CHECK ((a, c) IS NOT NULL));
ALTER TABLE checks ADD CONSTRAINT unchecked CHECK (b IS NOT NULL) NOT VALID;

CREATE TABLE indexed (id integer, v varchar(10), b bpchar(4), t text, c text COLLATE "C", n name, n2 name COLLATE "C", m mood, p plain, s sorted, arr integer[], num numeric(8,2), d date,
  tz timestamptz, u uuid, j jsonb, net inet, flag boolean, pt point, r pair, o oid, "char" "char", bits bit varying(3), iv interval, ts tsvector);
CREATE INDEX ON indexed (id DESC, v, b NULLS FIRST, t DESC NULLS LAST);
CREATE INDEX ON indexed (c, n);
CREATE INDEX ON indexed (n2, m, p, s);
CREATE INDEX ON indexed (t COLLATE "C", c COLLATE "default");
CREATE INDEX ON indexed (v text_pattern_ops, b bpchar_pattern_ops);
CREATE INDEX ON indexed (v varchar_ops);
CREATE INDEX ON indexed (arr, num, d, tz, u, net, flag, r, o);
CREATE INDEX ON indexed ("char", bits, iv, ts, j);
CREATE INDEX ON indexed USING gin (j, arr);
CREATE INDEX ON indexed USING gin (j jsonb_path_ops);
CREATE INDEX ON indexed USING gist (pt, ts tsvector_ops (siglen = 100));
CREATE INDEX ON indexed USING hash (t);
CREATE INDEX ON indexed USING brin (d) WITH (pages_per_range = 8);
CREATE INDEX ON indexed (lower(t), id);
CREATE INDEX ON indexed ((id + 1)) WHERE flag;
CREATE INDEX ON indexed (id) WHERE flag;
CREATE INDEX ON indexed (id) WHERE flag AND t <> '' OR v IN ('a', 'b');
CREATE INDEX ON indexed (id) WHERE CASE WHEN flag THEN id > 1 ELSE m = 'low' END;
CREATE UNIQUE INDEX "Unique" ON indexed (id) INCLUDE (t);
CREATE UNIQUE INDEX ON indexed (id) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX ON indexed (id, t);
CREATE INDEX half ON indexed (id) WITH (fillfactor = 60);
CREATE INDEX clustered ON indexed (id);
ALTER TABLE indexed CLUSTER ON clustered;
CREATE INDEX counted ON indexed ((id * 2), t);
ALTER INDEX counted ALTER COLUMN 1 SET STATISTICS 77;

CREATE TABLE columns (a integer GENERATED ALWAYS AS IDENTITY, b serial, c integer GENERATED ALWAYS AS (b * 2) STORED, d text DEFAULT 'it''s', e text DEFAULT E'back\\slash',
  f timestamptz DEFAULT now(), g integer[] DEFAULT '{1,2}', h mood DEFAULT 'low', i pair DEFAULT ROW(1, 'x'), j text COLLATE "C" DEFAULT CASE WHEN random() > 0.5 THEN 'a' ELSE 'b' END,
  k text, l jsonb DEFAULT '{}', m "Order"."user", n sorted, o sorted COLLATE "default", p name COLLATE "default", q text COLLATE "default", r char(3) NOT NULL, s interval hour to minute, t timestamp(3), u numeric);
ALTER TABLE columns ALTER k SET STATISTICS 10;
ALTER TABLE columns ALTER d SET STORAGE PLAIN;
ALTER TABLE columns ALTER e SET (n_distinct = 5);
ALTER TABLE columns ALTER l SET COMPRESSION pglz;
ALTER TABLE columns DROP COLUMN u;
GRANT SELECT (d) ON columns TO PUBLIC;
COMMENT ON COLUMN columns.r IS 'three letters';

CREATE UNLOGGED TABLE unlogged (id integer);
CREATE TABLE stored (id integer, t text) WITH (fillfactor = 50, toast.autovacuum_enabled = false);
CREATE TABLE toasted (t text) WITH (toast.autovacuum_enabled = false);
CREATE TABLE granted (id integer);
GRANT SELECT ON granted TO PUBLIC;
CREATE TABLE secured (id integer);
ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
CREATE TABLE identified (id integer);
ALTER TABLE identified REPLICA IDENTITY FULL;
CREATE TABLE typed OF pair (PRIMARY KEY (a));
CREATE TABLE heir (more integer, CHECK (more > 0)) INHERITS (checks);
CREATE TABLE parted (id integer, at date, PRIMARY KEY (id, at), CONSTRAINT positive CHECK (id > 0)) PARTITION BY RANGE (at);
CREATE TABLE part PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE loose (id integer NOT NULL, at date NOT NULL, CONSTRAINT positive CHECK (id > 0), CHECK (at > '2021-01-01'));
ALTER TABLE parted ATTACH PARTITION loose FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE INDEX ON parted (at);
CREATE INDEX ON ONLY parted (id);
CREATE INDEX own ON part (at DESC);
CREATE TABLE to_parted (id integer, at date, FOREIGN KEY (id, at) REFERENCES parted);
CREATE MATERIALIZED VIEW kept AS SELECT id, t FROM indexed;
CREATE UNIQUE INDEX ON kept (id);
CREATE VIEW seen AS SELECT * FROM indexed;
ALTER VIEW seen ALTER id SET DEFAULT 4;

CREATE FUNCTION other.same(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 OPERATOR(pg_catalog.=) $2';
CREATE OPERATOR other.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = other.same);
CREATE TABLE expressions (a integer, b text COLLATE "C", c varchar(10), d char(3), e numeric(5,2), f "char", g name, h bigint, i smallint, j real, k double precision, l boolean, m date, n integer[],
  CHECK (a OPERATOR(other.=) 1), CHECK (a = 1), CHECK (1 = a), CHECK (a > -1), CHECK (-a > 1), CHECK (a % 2 = 0), CHECK (a + 1 > 2 * h), CHECK (a / 2.0 > 1), CHECK (2147483647 > a), CHECK (h > 2147483648), CHECK (h > 1), CHECK (i > 1),
  CHECK (i + i > a), CHECK (a <> 1::smallint), CHECK (a::bigint = h), CHECK (h::integer = 1), CHECK (a::text = '1'), CHECK (a::oid > 1), CHECK (a IN (1, 2)), CHECK (i IN (1, 2)), CHECK (a IN (1, NULL)), CHECK (a <> ALL (ARRAY[1, 2, 3])),
  CHECK (a = ANY (n)), CHECK (n[1] > 1), CHECK (a BETWEEN 1 AND 2), CHECK (a BETWEEN 1 AND 2 AND h > 3), CHECK ((a, h) = (1, 2) AND l), CHECK (a IS DISTINCT FROM 1), CHECK (a = 1 IS TRUE), CHECK ((a > 1) = (h > 1)),
  CHECK (e > -1), CHECK (e > 1.5), CHECK (e > 1), CHECK (j > 1), CHECK (k > 1), CHECK (m > '2020-01-01'), CHECK (f = 'x'), CHECK (g = 'x'), CHECK (d = 'x'), CHECK (d IN ('a', 'b')),
  CHECK (b < 'x'), CHECK (b COLLATE "POSIX" < 'x'), CHECK (b = 'ä'), CHECK (c = 'x'), CHECK ('it''s' = c), CHECK (c > 'x' COLLATE "C"), CHECK (c = 'a'::text), CHECK (c = 'a'::varchar(3)), CHECK (c::varchar(3) = 'x'), CHECK (c::text LIKE 'a\_%'),
  CHECK (c ~ E'\\d'), CHECK (c = E'\n'), CHECK (c || 'x' = 'y'), CHECK (c IN ('a')), CHECK (c IN ('a', 'b')), CHECK (c NOT IN ('a', 'b')), CHECK (c IN ('a', NULL)), CHECK (c = ''), CHECK (c LIKE 'a%' AND c !~ 'b'),
  CHECK (l), CHECK (NOT l), CHECK (l = true), CHECK (l IS TRUE), CHECK (l IS NULL), CHECK (l <> false OR NULL), CHECK (NULL), CHECK (true), CHECK (l AND (a > 1 OR a < 0) AND NOT (l OR a IS NULL)), CHECK (expressions IS NOT NULL));
CREATE INDEX ON expressions (a) WHERE l;
CREATE INDEX ON expressions (a) WHERE c = 'x' AND a IN (1, 2) AND NOT l;
CREATE INDEX ON expressions (b COLLATE "POSIX" DESC) WHERE b IN ('a', 'b') OR m IS NOT NULL;
"""

[<Tests>]
let tests =
    OnEngines.among [ Engine.Postgres ] "what the reader puts together is what the server prints" (fun database ->
        Pairs.withDatabases database.ConnectionString (fun connection _ ->
            task {
                do! Pairs.load connection shapes
                let! found = Snapshot.read' connection CancellationToken.None
                let! otherwise = Pairs.printedOtherwise connection found
                Expect.isGreaterThan found.Objects.Count 200 "the shapes were read"
                Expect.isEmpty otherwise (String.Join("\n", otherwise))
            }))
