namespace SchemaToolkit.Migrating

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open SchemaToolkit

/// The few things the migrator asks of a pinned connection. DDL has no time limit: a rewrite takes as long as it takes.
[<RequireQualifiedAccess>]
module Ado =
    let private command (connection: DbConnection) (text: string) =
        let command = connection.CreateCommand()
        command.CommandText <- text
        command.CommandTimeout <- 0
        command

    let execute (connection: DbConnection) (text: string) (ct: CancellationToken) : Task =
        task {
            use command = command connection text
            let! _ = command.ExecuteNonQueryAsync ct
            return ()
        }

    /// Values are bound in order, each by the dialect's free parameter.
    let private bind (dialect: Dialect) (command: DbCommand) (values: objnull list) =
        values
        |> List.iteri (fun i value ->
            let parameter = dialect.FreeParameter value
            let placeholder = dialect.Placeholder(i + 1)

            // A placeholder that is a number ($1) is bound by place, one that is a name (@p1) by name.
            if placeholder.StartsWith '@' then
                parameter.ParameterName <- placeholder

            command.Parameters.Add parameter |> ignore)

    let executeWith dialect (connection: DbConnection) (text: string) (values: objnull list) (ct: CancellationToken) =
        task {
            use command = command connection text
            bind dialect command values
            return! command.ExecuteNonQueryAsync ct
        }

    /// Every row, as an array of values with null for NULL.
    let rows dialect (connection: DbConnection) (text: string) (values: objnull list) (ct: CancellationToken) =
        task {
            use command = command connection text
            bind dialect command values
            use! reader = command.ExecuteReaderAsync ct
            let found = ResizeArray<objnull array>()
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    found.Add(
                        Array.init reader.FieldCount (fun i -> if reader.IsDBNull i then null else reader.GetValue i)
                    )

            return List.ofSeq found
        }

    /// Does something that may fail without costing the transaction around it.
    let attempt (dialect: Dialect) (connection: DbConnection) (ct: CancellationToken) (work: unit -> Task<'a>) =
        task {
            do! execute connection "SAVEPOINT schematoolkit_attempt" ct

            try
                let! found = work ()
                do! execute connection "RELEASE SAVEPOINT schematoolkit_attempt" ct
                return Ok found
            with error ->
                match dialect.Failure error with
                | Some failure ->
                    do! execute connection "ROLLBACK TO SAVEPOINT schematoolkit_attempt" ct
                    do! execute connection "RELEASE SAVEPOINT schematoolkit_attempt" ct
                    return Error failure
                | None -> return raise error
        }

    /// A query that may fail.
    let tryRows (dialect: Dialect) (connection: DbConnection) (text: string) (ct: CancellationToken) =
        attempt dialect connection ct (fun () -> rows dialect connection text [] ct)
