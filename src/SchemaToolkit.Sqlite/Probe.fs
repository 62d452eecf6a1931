namespace SchemaToolkit

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Microsoft.Data.Sqlite

/// What the SQLite at hand can do, found by trying it on an empty database in memory: versions have been reported wrongly.
[<RequireQualifiedAccess>]
module internal SqliteProbe =
    let private trials =
        [ "strict", [ "CREATE TABLE t (a INTEGER) STRICT" ]
          "rename-column", [ "CREATE TABLE t (a)"; "ALTER TABLE t RENAME COLUMN a TO b" ]
          "drop-column", [ "CREATE TABLE t (a, b)"; "ALTER TABLE t DROP COLUMN b" ]
          "alter-not-null",
          [ "CREATE TABLE t (a)"
            "ALTER TABLE t ALTER COLUMN a SET NOT NULL"
            "ALTER TABLE t ALTER COLUMN a DROP NOT NULL" ]
          // A check that is NULL holds, but 3.53 refuses to add it over such rows.
          "add-check",
          [ "CREATE TABLE t (a)"
            "INSERT INTO t VALUES (NULL)"
            "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)" ]
          "drop-check", [ "CREATE TABLE t (a, CONSTRAINT c CHECK (a > 0))"; "ALTER TABLE t DROP CONSTRAINT c" ]
          "drop-foreign-key",
          [ "CREATE TABLE t (a INTEGER PRIMARY KEY, b, CONSTRAINT c FOREIGN KEY (b) REFERENCES t (a))"
            "ALTER TABLE t DROP CONSTRAINT c" ] ]

    let private succeeds (statements: string list) =
        use connection = new SqliteConnection("Data Source=:memory:;Pooling=False")
        connection.Open()

        try
            for statement in statements do
                use command = connection.CreateCommand()
                command.CommandText <- statement
                command.ExecuteNonQuery() |> ignore

            true
        with :? SqliteException ->
            false

    /// The library does not change while the program runs.
    let private features =
        lazy (trials |> List.filter (fun (_, statements) -> succeeds statements) |> List.map fst |> Set.ofList)

    let probe (connection: DbConnection) (_: CancellationToken) : Task<Capabilities> =
        Task.FromResult
            { Engine = "sqlite"
              Version = connection.ServerVersion
              Flavour = "SQLite"
              Features = features.Value }
