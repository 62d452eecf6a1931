namespace SchemaToolkit.Tests.Sqlite

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Migrating
open SchemaToolkit.Testing
open SchemaToolkit.Tests

/// A driver on a file of its own, with one connection.
type SqliteSite = { Driver: Driver; Connection: DbConnection; Capabilities: Capabilities }

[<RequireQualifiedAccess>]
module SqliteSite =
    let private none = CancellationToken.None

    let test name (body: SqliteSite -> Task<unit>) =
        OnEngines.only Engine.Sqlite name (fun database ->
            task {
                let driver = SqliteDriver.create database.ConnectionString
                use! connection = driver.Connect none
                let! capabilities = driver.Probe connection none

                do! body { Driver = driver; Connection = connection; Capabilities = capabilities }
            })

    /// As if SQLite were older and could do less in place.
    let without features (site: SqliteSite) =
        { site with
            Capabilities =
                { site.Capabilities with
                    Features = site.Capabilities.Features - Set.ofList features } }

    let execute (site: SqliteSite) (sql: string) =
        task {
            use command = site.Connection.CreateCommand()
            command.CommandText <- sql
            let! _ = command.ExecuteNonQueryAsync()
            return ()
        }

    /// All rows, each as text with `|` between columns.
    let rows (site: SqliteSite) (sql: string) =
        task {
            use command = site.Connection.CreateCommand()
            command.CommandText <- sql
            use! reader = command.ExecuteReaderAsync()
            let found = ResizeArray<string>()

            while reader.Read() do
                [ for i in 0 .. reader.FieldCount - 1 do
                      if reader.IsDBNull i then "NULL" else string (reader.GetValue i) ]
                |> String.concat "|"
                |> found.Add

            return List.ofSeq found
        }

    let project (site: SqliteSite) (schema: Schema) : Schema =
        let projected = site.Driver.Project site.Capabilities schema

        for verdict in projected.Verdicts do
            match verdict.Verdict with
            | Verdict.Refused why -> failtest $"{verdict.Part} is refused: {why}"
            | Verdict.Exact
            | Verdict.Emulated _
            | Verdict.Omitted _ -> ()

        projected.Schema

    let namespaces (schema: Schema) = schema.Namespace :: (schema.Tables |> List.map _.Name.Namespace) |> List.distinct

    let catalog (site: SqliteSite) (schema: Schema) = site.Driver.ReadCatalog site.Connection (namespaces schema) none

    /// The schema with the catalog's renditions instead of its own texts.
    let rendered (schema: Schema) : Schema =
        let texts = SqliteCatalog.renditions schema

        schema
        |> Texts.map (fun slot source ->
            match source with
            | Source.Default _ -> Source.Default(ColumnDefault.Expression(SqlText.raw texts[slot]))
            | Source.Text _ -> Source.Text(SqlText.raw texts[slot]))

    /// The live catalog is what the projected schema says.
    let expectLive (site: SqliteSite) (projected: Schema) =
        task {
            let! live = catalog site projected
            let expected = Compare.normalise (rendered projected)
            let actual = Compare.normalise live.Schema

            for e, a in List.zip expected.Tables actual.Tables do
                for ec, ac in List.zip e.Columns a.Columns do
                    Expect.equal ac ec $"column of {e.Name}"

                Expect.equal a e $"table {e.Name}"

            Expect.equal actual expected "live schema"
        }

    /// Runs steps as the migrator does: one transaction, and the commit checks before the end.
    let run (site: SqliteSite) (after: Schema) (steps: Step list) =
        task {
            let! live = catalog site after
            let segments = site.Driver.Lower site.Capabilities live after steps
            let operations = segments |> List.collect _.Operations
            let covered = operations |> List.collect _.Covers

            Expect.equal
                (covered |> List.map Describe.step |> List.sort)
                (steps |> List.map Describe.step |> List.sort)
                "every step is covered once"

            use! transaction = site.Driver.Begin site.Connection none

            for statement in operations |> List.collect _.Statements do
                try
                    do! execute site statement
                with error ->
                    failtest $"{error.Message}\n{statement}"

            for query, meaning in site.Driver.CommitChecks do
                let! found = rows site query
                Expect.isEmpty found meaning

            do! transaction.CommitAsync()
            return operations |> List.collect _.Statements
        }

    /// From one declared schema to the next; the catalog is what was wanted, and nothing is left to do.
    let migrate (site: SqliteSite) (before: Schema option) (after: Schema) =
        task {
            let target = project site after

            let source =
                match before with
                | Some schema -> project site schema
                | None -> Schema.empty after.Plugin after.Namespace

            let! statements = run site target (Diff.between source target)
            do! expectLive site target
            return statements
        }

    let isRebuild (statements: string list) =
        statements |> List.exists (fun s -> s.StartsWith("DROP TABLE", System.StringComparison.Ordinal))
