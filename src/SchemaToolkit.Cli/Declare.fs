namespace SchemaToolkit.Cli

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// Making what a schema declares in an empty database, with the engine's own driver.
[<RequireQualifiedAccess>]
module Declare =
    let private nothing (schema: Schema) : Catalog =
        { Schema = Schema.empty schema.Plugin schema.Namespace
          Unmodelled = []
          Attachments = []
          Fingerprint = "" }

    let private refused (projected: Projected) =
        [ for verdict in projected.Verdicts do
              match verdict.Verdict with
              | Verdict.Refused why -> $"{verdict.Part}: {why}"
              | Verdict.Exact
              | Verdict.Emulated _
              | Verdict.Omitted _ -> () ]

    /// One statement, in the transaction if there is one.
    let run (connection: DbConnection) (transaction: DbTransaction option) (sql: string) ct =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- sql
            transaction |> Option.iter (fun t -> command.Transaction <- t)
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    let private statements (segment: Segment) = segment.Operations |> List.collect _.Statements

    let private carryOut (driver: Driver) connection (segment: Segment) ct =
        task {
            if segment.Transactional then
                use! transaction = driver.Begin connection ct

                for sql in statements segment do
                    do! run connection (Some transaction) sql ct

                do! transaction.CommitAsync ct
            else
                for sql in statements segment do
                    do! run connection None sql ct
        }

    /// As the engine keeps it.
    let project (driver: Driver) (connection: DbConnection) (schema: Schema) ct : Task<Capabilities * Schema> =
        task {
            let! capabilities = driver.Probe connection ct
            let projected = driver.Project capabilities schema

            match refused projected with
            | [] -> return capabilities, projected.Schema
            | reasons ->
                let list = String.concat "; " reasons

                return Refuse.because $"The schema of {schema.Plugin} cannot be made on {capabilities.Flavour}: {list}"
        }

    let onto (driver: Driver) (connection: DbConnection) (schema: Schema) (ct: CancellationToken) : Task<unit> =
        task {
            let! capabilities, projected = project driver connection schema ct
            let live = nothing projected
            let steps = Diff.between live.Schema projected

            for segment in driver.Lower capabilities live projected steps do
                do! carryOut driver connection segment ct
        }
