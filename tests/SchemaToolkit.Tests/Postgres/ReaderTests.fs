module SchemaToolkit.Tests.Postgres.ReaderTests

open Expecto
open SchemaToolkit
open SchemaToolkit.Testing
open SchemaToolkit.Tests

let private ns = "plugin_reader"
let private at name = ObjectName.create ns name

let private foreign =
    $"CREATE SCHEMA {ns};
      CREATE DOMAIN {ns}.short AS text CHECK (length(VALUE) < 3);
      CREATE TABLE {ns}.t (id serial, free varchar, point point, short {ns}.short, ts timestamp(3), span interval day,
                           good numeric(5,-2)[], \"Weird name\" text DEFAULT 'a''b\\c');
      CREATE TABLE {ns}.parted (id integer) PARTITION BY RANGE (id);
      CREATE TABLE {ns}.part PARTITION OF {ns}.parted FOR VALUES FROM (0) TO (9);
      CREATE VIEW {ns}.seen AS SELECT 1 AS one;
      CREATE FUNCTION {ns}.answer(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 42';
      CREATE FUNCTION {ns}.touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE TRIGGER touch BEFORE INSERT ON {ns}.t FOR EACH ROW EXECUTE FUNCTION {ns}.touched();
      CREATE FUNCTION {ns}.twin(n integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION {ns}.twin(n text) RETURNS integer LANGUAGE sql AS 'SELECT 2';
      CREATE AGGREGATE {ns}.total(integer) (SFUNC = int4pl, STYPE = integer);
      CREATE RULE quiet AS ON DELETE TO {ns}.t DO INSTEAD NOTHING;
      CREATE STATISTICS {ns}.both ON id, free FROM {ns}.t;
      CREATE SEQUENCE {ns}.counter;
      ALTER TABLE {ns}.t ADD CONSTRAINT apart EXCLUDE USING btree (id WITH =);
      ALTER TABLE {ns}.t ADD CONSTRAINT later CHECK (id > 0) NOT VALID"

let private reported =
    Site.each "what is not modelled is reported, and left out" (fun site ->
        task {
            do! Site.execute site foreign
            let! catalog = Site.read site [ ns ]

            let expected =
                [ $"aggregate or window function {ns}.total(integer)"
                  $"constraint later of {ns}.t: not validated"
                  $"overloaded function {ns}.twin(n integer)"
                  $"overloaded function {ns}.twin(n text)"
                  $"rule quiet on {ns}.t"
                  $"statistics {ns}.both" ]

            Expect.equal (List.sort catalog.Unmodelled) expected "reported"
            let objects = catalog.Schema.Objects |> List.map (fun o -> string o.Key) |> List.sort

            Expect.equal
                (objects |> List.filter (fun o -> not (o.StartsWith "extension")))
                [ $"domain {ns}.short"
                  $"exclusion constraint apart of {ns}.t"
                  $"function {ns}.answer"
                  $"function {ns}.touched"
                  $"partition {ns}.part"
                  $"sequence {ns}.counter"
                  $"sequence {ns}.t_id_seq"
                  $"trigger touch of {ns}.t"
                  $"view {ns}.seen" ]
                "objects"

            let parted = Schema.tryTable (at "parted") catalog.Schema |> Option.get
            Expect.equal parted.PartitionBy (Some(SqlText.raw "RANGE (id)")) "the partition key"
            let t = Schema.tryTable (at "t") catalog.Schema |> Option.get

            Expect.equal
                (t.Columns |> List.map _.Name)
                [ "id"; "free"; "point"; "short"; "ts"; "span"; "good"; "Weird name" ]
                "columns"

            Expect.equal
                (t.Columns |> List.map _.Type)
                [ ColumnType.Integer
                  ColumnType.Other "character varying"
                  ColumnType.Other "point"
                  ColumnType.Domain(at "short", ColumnType.Text)
                  ColumnType.Other "timestamp(3) without time zone"
                  ColumnType.Other "interval day"
                  ColumnType.Array(ColumnType.Numeric(Some { Precision = 5; Scale = -2 }))
                  ColumnType.Text ]
                "types"
        })

let private empty =
    Site.each "a namespace that is not there is empty" (fun site ->
        task {
            let! catalog = Site.read site [ ns ]
            Expect.isEmpty catalog.Schema.Tables "tables"
            Expect.isEmpty catalog.Unmodelled "others"
        })

let private changes =
    [ $"CREATE SCHEMA {ns}"
      $"CREATE TABLE {ns}.t (a integer, b text)"
      $"ALTER TABLE {ns}.t ALTER COLUMN a SET NOT NULL"
      $"ALTER TABLE {ns}.t ALTER COLUMN a SET DEFAULT 1"
      $"ALTER TABLE {ns}.t ALTER COLUMN a SET DEFAULT 2"
      $"CREATE INDEX i ON {ns}.t (a)"
      $"ALTER INDEX {ns}.i RENAME TO j"
      $"ALTER TABLE {ns}.t ADD CONSTRAINT c CHECK (a > 0)"
      $"COMMENT ON COLUMN {ns}.t.a IS 'x'"
      $"COMMENT ON COLUMN {ns}.t.a IS 'y'"
      $"CREATE TYPE {ns}.e AS ENUM ('a')"
      $"ALTER TYPE {ns}.e ADD VALUE 'b'"
      $"CREATE POLICY p ON {ns}.t USING (true)"
      $"ALTER TABLE {ns}.t ENABLE ROW LEVEL SECURITY"
      $"ALTER TABLE {ns}.t RENAME COLUMN b TO c"
      $"ALTER TABLE {ns}.t DROP COLUMN c"
      $"CREATE VIEW {ns}.v AS SELECT a FROM {ns}.t"
      $"CREATE OR REPLACE VIEW {ns}.v AS SELECT a, 1 AS b FROM {ns}.t"
      $"COMMENT ON VIEW {ns}.v IS 'x'"
      $"CREATE FUNCTION {ns}.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
      $"CREATE OR REPLACE FUNCTION {ns}.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
      $"COMMENT ON FUNCTION {ns}.f() IS 'x'"
      $"CREATE TRIGGER g AFTER INSERT ON {ns}.t FOR EACH ROW EXECUTE FUNCTION {ns}.f()"
      $"ALTER TABLE {ns}.t DISABLE TRIGGER g"
      $"CREATE SEQUENCE {ns}.s"
      $"ALTER SEQUENCE {ns}.s INCREMENT BY 2"
      $"CREATE DOMAIN {ns}.d AS text"
      $"ALTER DOMAIN {ns}.d ADD CONSTRAINT c CHECK (VALUE <> '')"
      $"ALTER DOMAIN {ns}.d SET NOT NULL"
      $"CREATE TYPE {ns}.y AS (a integer)"
      $"ALTER TYPE {ns}.y ADD ATTRIBUTE b text"
      $"CREATE TYPE {ns}.r AS RANGE (SUBTYPE = integer)"
      $"GRANT SELECT ON {ns}.t TO public"
      $"DROP TABLE {ns}.t CASCADE" ]

let private moves =
    Site.each "the fingerprint moves with every change, and with nothing else" (fun site ->
        task {
            let fingerprint () = site.Driver.Fingerprint site.Connection [ ns ] Site.none
            let! first = fingerprint ()
            let mutable last = first

            for change in changes do
                do! Site.execute site change
                let! now = fingerprint ()
                Expect.notEqual now last change
                last <- now

            do! Site.execute site "CREATE TABLE public.elsewhere (a integer)"
            do! Site.execute site $"CREATE TABLE {ns}.kept (a integer)"
            let! before = fingerprint ()
            do! Site.execute site $"INSERT INTO {ns}.kept SELECT generate_series(1, 1000)"
            do! Site.execute site $"ANALYZE {ns}.kept"
            do! Site.execute site "DROP TABLE public.elsewhere"
            let! after = fingerprint ()
            Expect.equal after before "rows and other namespaces do not move it"
        })

let private canonical =
    Site.each "a text that the server refuses does not lose the others" (fun site ->
        task {
            let a = Column.integer "a"
            let missing = ColumnType.Enum(at "not_there")
            let later = Column.ofType<string> missing "later" |> Column.defaultsTo (Default.value "x")

            let table =
                Table.define "t" [ a |> Column.defaultsTo (Default.value 5); later ]
                |> Table.check "fine" $"{a} in (1, 2)"
                |> Table.check "wrong" $"no_such_function({a})"
                |> Table.check "of_later" $"{later} <> 'y'"

            let other = Table.define "other" [ a ] |> Table.check "also_fine" $"{a} > 0"
            let projected = Schema.inNamespace ns "reader" [ table; other ] |> Site.project site
            let! texts = site.Driver.Canonicalise site.Connection projected Site.none

            Expect.equal
                texts
                (Map.ofList
                    [ TextSlot.Default(at "t", "a"), "5"
                      TextSlot.Check(at "t", "t_fine_check"), "(a = ANY (ARRAY[1, 2]))"
                      TextSlot.Check(at "other", "other_also_fine_check"), "(a > 0)" ])
                "texts"

            let! left = Site.scalar site "SELECT count(*) FROM pg_class WHERE relname IN ('t', 'other')"
            Expect.equal left "0" "nothing is left behind"
        })

let private insideTransaction =
    Site.each "reading and canonicalising keep a transaction going" (fun site ->
        task {
            let a = Column.integer "a" |> Column.defaultsTo (Default.value 5)
            let projected = Schema.inNamespace ns "reader" [ Table.define "t" [ a ] ] |> Site.project site
            let! transaction = site.Driver.Begin site.Connection Site.none
            use transaction = transaction
            do! Site.execute site $"CREATE SCHEMA {ns}"
            let! texts = site.Driver.Canonicalise site.Connection projected Site.none
            Expect.equal texts.Count 1 "texts"
            do! Site.execute site $"CREATE TABLE {ns}.t (a integer)"
            let! catalog = Site.read site [ ns ]
            Expect.equal catalog.Schema.Tables.Length 1 "what the transaction itself made is seen"
            do! transaction.RollbackAsync()
            let! after = Site.read site [ ns ]
            Expect.isEmpty after.Schema.Tables "and gone when it is rolled back"
        })

let private moving =
    OnEngines.only
        Engine.Postgres
        "a catalog that changes while it is read is read as it was at one moment"
        (fun database ->
            task {
                let! one = Site.ofDatabase database
                let! two = Site.ofDatabase database
                use _ = one.Connection
                use _ = two.Connection
                do! Site.execute one $"CREATE SCHEMA {ns}"
                let mutable reading = true

                let make =
                    $"BEGIN; CREATE TABLE {ns}.t (a integer DEFAULT 1 + 1 CHECK (a > 0), b text); CREATE INDEX i ON {ns}.t ((lower(b))) WHERE a > 1;
                  CREATE TYPE {ns}.e AS ENUM ('x'); COMMIT"

                let changes =
                    task {
                        while reading do
                            do! Site.execute two make
                            do! Site.execute two $"BEGIN; DROP TABLE {ns}.t; DROP TYPE {ns}.e; COMMIT"
                    }

                try
                    for _ in 1..8 do
                        let! catalog = Site.read one [ ns ]

                        match catalog.Schema.Tables with
                        | [] -> Expect.isEmpty catalog.Schema.Enums "neither the table nor the enum"
                        | [ t ] ->
                            Expect.equal catalog.Schema.Enums.Length 1 "both the table and the enum"
                            Expect.equal t.Checks.Length 1 "the check"
                            Expect.isTrue t.Columns.Head.Default.IsSome "the default"
                            Expect.isTrue t.Indexes.Head.Where.IsSome "the predicate"
                        | _ -> failtest "one table at most"
                finally
                    reading <- false

                do! changes
            })

let private odd =
    Site.each "a session with other settings reads the same texts" (fun site ->
        task {
            let a = Column.timestamp "a" |> Column.defaultsTo (Default.value System.DateTimeOffset.UnixEpoch)
            let b = Column.bytea "b" |> Column.defaultsTo (Default.value [| 0uy; 92uy |])
            let c = Column.interval "c" |> Column.defaultsTo (Default.sql "'1 day 02:03:04'::interval")
            let d = Column.double "d" |> Column.defaultsTo (Default.value 0.1)
            let e = Column.date "e" |> Column.defaultsTo (Default.value (System.DateOnly(2024, 2, 3)))
            let table = Table.define "t" [ a; b; c; d; e ] |> Table.check "c" $"{d} > 0.3::double precision + 0.1"
            let projected = Schema.inNamespace ns "reader" [ table ] |> Site.project site
            do! Site.migrate site (Schema.empty "" ns) projected
            let! usual = Site.read site [ ns ]

            do!
                Site.execute
                    site
                    "SET TimeZone TO 'Europe/Warsaw'; SET DateStyle TO 'German'; SET IntervalStyle TO 'iso_8601'; SET bytea_output TO 'escape';
                     SET extra_float_digits TO -10; SET quote_all_identifiers TO on; SET search_path TO public"

            let! other = Site.read site [ ns ]
            Expect.equal other usual "the catalog"
            let! texts = site.Driver.Canonicalise site.Connection projected Site.none
            Expect.equal texts (Site.texts usual.Schema) "the texts as the server writes them"
            let! transaction = site.Driver.Begin site.Connection Site.none
            use _ = transaction
            let! inside = Site.read site [ ns ]
            Expect.equal inside usual "the catalog inside a transaction"
        })

[<Tests>]
let tests =
    testList "postgres reader" [ reported; empty; moves; canonical; insideTransaction; moving; odd ]
