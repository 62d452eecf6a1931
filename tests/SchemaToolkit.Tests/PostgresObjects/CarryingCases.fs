/// Tables that cannot become what is wanted where they stand: they are made again with their rows.
[<RequireQualifiedAccess>]
module SchemaToolkit.Tests.PostgresObjects.CarryingCases

open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.PostgresObjects

type private Case =
    {
        Name: string
        Before: string
        /// Put into the first database.
        Rows: string
        After: string
        /// One text from the first database when the plan has run.
        Asked: string
        Expected: string
    }

// What calls a function that names another without its schema stands under a search path, and comes late.
let private plain =
    "CREATE TYPE mood AS ENUM ('sad', 'glad');
     CREATE TABLE others (id int PRIMARY KEY);
     CREATE FUNCTION small(n bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n < 1000';
     CREATE FUNCTION fine(n bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT small(n)';
     CREATE TABLE t (id serial, day date NOT NULL, m mood, n int CHECK (fine(n)), g int GENERATED ALWAYS AS (n + 1) STORED, other int REFERENCES others, PRIMARY KEY (id, day));
     CREATE VIEW v AS SELECT * FROM t;
     CREATE MATERIALIZED VIEW held AS SELECT id, n FROM v;
     CREATE TABLE users (id int, day date, FOREIGN KEY (id, day) REFERENCES t);
     CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''fired''; END';
     CREATE TRIGGER refuses BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION refuse();"

let private partitioned =
    plain
        .Replace(
            "REFERENCES others, PRIMARY KEY (id, day))",
            "REFERENCES others, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)"
        )
        .Replace("n int CHECK", "n bigint CHECK")
        .Replace("'sad', 'glad'", "'glad', 'sad'")
        .Replace(
            "CREATE VIEW",
            "CREATE TABLE t_2020 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01'); CREATE TABLE t_rest PARTITION OF t DEFAULT; CREATE VIEW"
        )

let private rows =
    "INSERT INTO others VALUES (7);
     ALTER TABLE t DISABLE TRIGGER refuses;
     INSERT INTO t (day, m, n, other) VALUES ('2020-05-05', 'sad', 1, 7), ('2022-01-01', 'glad', 2, NULL);
     ALTER TABLE t ENABLE TRIGGER refuses;
     INSERT INTO users VALUES (1, '2020-05-05')"

let private all =
    "SELECT (SELECT string_agg(concat_ws(' ', tableoid::regclass, id, day, m, n, g, other), '; ' ORDER BY id) FROM t)
         || ' | ' || (SELECT string_agg(concat_ws(' ', id, n), '; ' ORDER BY id) FROM held)
         || ' | ' || nextval('t_id_seq')"

let private byRange =
    "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, region text, day date NOT NULL) PARTITION BY RANGE (day);
     CREATE TABLE t_2020 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
     CREATE TABLE t_2021 PARTITION OF t FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY LIST (region);
     CREATE TABLE t_2021_eu PARTITION OF t_2021 FOR VALUES IN ('eu');
     CREATE TABLE t_2021_rest PARTITION OF t_2021 DEFAULT;
     CREATE TABLE t_old PARTITION OF t DEFAULT;"

let private byList =
    "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, region text, day date NOT NULL) PARTITION BY LIST (region);
     CREATE TABLE t_eu PARTITION OF t FOR VALUES IN ('eu');
     CREATE TABLE t_rest PARTITION OF t DEFAULT;
     CREATE TABLE t_old (id int NOT NULL, region text, day date NOT NULL);"

let private regions =
    "INSERT INTO t (region, day) VALUES ('eu', '2020-05-05'), ('us', '2020-01-01'), ('eu', '2021-05-05'), ('us', '2021-01-01'), ('eu', '1999-01-01')"

let private everywhere =
    "SELECT string_agg(concat_ws(' ', place, id), '; ' ORDER BY id) FROM (SELECT tableoid::regclass AS place, id FROM t UNION SELECT tableoid::regclass, id FROM t_old) AS found"

let private cases =
    [ { Name = "a table that becomes partitioned"
        Before = plain
        Rows = rows
        After = partitioned
        Asked = all
        Expected = "t_2020 1 2020-05-05 sad 1 2 7; t_rest 2 2022-01-01 glad 2 3 | 1 1; 2 2 | 3" }
      { Name = "a table that is partitioned no more"
        Before = partitioned
        Rows = rows
        After = plain
        Asked = all
        Expected = "t 1 2020-05-05 sad 1 2 7; t 2 2022-01-01 glad 2 3 | 1 1; 2 2 | 3" }
      { Name = "another partition key, with a partition that becomes a table"
        Before = byRange
        Rows = regions
        After = byList
        Asked = everywhere
        Expected = "t_eu 1; t_rest 2; t_eu 3; t_rest 4; t_old 5" }
      { Name = "another partition key, with a table that becomes a partition"
        Before = byList
        Rows = regions + "; INSERT INTO t_old VALUES (6, 'us', '2019-01-01')"
        After = byRange
        Asked = everywhere
        Expected = "t_2020 1; t_2020 2; t_2021_eu 3; t_2021_rest 4; t_old 5; t_old 6" }
      { Name = "a partition key of another type"
        Before = "CREATE TABLE t (a int, b text) PARTITION BY LIST (a); CREATE TABLE t_all PARTITION OF t DEFAULT;"
        Rows = "INSERT INTO t VALUES (1, 'one'), (2, 'two')"
        After = "CREATE TABLE t (a text, b text) PARTITION BY LIST (a); CREATE TABLE t_all PARTITION OF t DEFAULT;"
        Asked = "SELECT string_agg(concat_ws(' ', tableoid::regclass, a, b), '; ' ORDER BY a) FROM t"
        Expected = "t_all 1 one; t_all 2 two" }
      { Name = "columns of a type that takes another order, as the table takes its order"
        Before = "CREATE TYPE shape AS (a int, b text); CREATE TABLE t (b text, a int);"
        Rows = "INSERT INTO t VALUES ('one', 1)"
        After = "CREATE TYPE shape AS (a int, b text); CREATE TABLE t OF shape;"
        Asked = "SELECT string_agg(concat_ws(' ', a, b), '; ') FROM t"
        Expected = "1 one" } ]

let private ask (connection: NpgsqlConnection) (query: string) =
    task {
        use command = new NpgsqlCommand(query, connection)
        let! found = command.ExecuteScalarAsync()
        return string found
    }

let private wrongWith (server: string) (case: Case) : Task<string list> =
    Pairs.withDatabases server (fun a b ->
        task {
            try
                do! Pairs.load a case.Before
                do! Pairs.execute a case.Rows
                do! Pairs.load b case.After
                let! from = Snapshot.read' a CancellationToken.None
                let! wanted = Snapshot.read' b CancellationToken.None

                let changes = PgPlan.between Registry.rules from wanted

                for statement in Preamble.statements @ List.collect (fun (change: PgChange) -> change.Sql) changes do
                    do! Pairs.execute a statement

                do! Pairs.execute a "RESET ALL"
                let! found = ask a case.Asked
                let! arrived = Snapshot.read' a CancellationToken.None
                let rest = Pairs.between arrived wanted

                let losses =
                    PgHazards.ofChanges from wanted changes
                    |> List.collect snd
                    |> List.filter (fun hazard -> hazard.Kind = HazardKind.DropsObject)

                return
                    [ if found <> case.Expected then
                          $"{case.Name}: there is {found}, expected {case.Expected}"
                      if not rest.IsEmpty then
                          $"{case.Name}: a second plan: {rest}"
                      if not losses.IsEmpty then
                          $"{case.Name}: said to lose {losses}" ]
            with :? PostgresException as error ->
                return [ $"{case.Name}: {error.MessageText}" ]
        })

/// What goes wrong; empty when all is well.
let wrong (server: string) : Task<string list> =
    task {
        let found = ResizeArray<string>()

        for case in cases do
            let! wrong = wrongWith server case
            found.AddRange wrong

        return List.ofSeq found
    }
