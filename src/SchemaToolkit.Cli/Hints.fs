namespace SchemaToolkit.Cli

open System.IO
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.Diffing
open SchemaToolkit.PostgresObjects

/// Rename hints of a declared schema. What they rename on the other side is renamed first; the rest is compared as it is then.
[<RequireQualifiedAccess>]
module Hints =
    let private isFormer (declared: Schema) =
        let tables = declared.Tables |> List.collect _.RenamedFrom |> Set.ofList
        let enums = declared.Enums |> List.collect _.RenamedFrom |> Set.ofList

        let columns = declared.Tables |> List.collect _.Columns |> List.collect _.RenamedFrom |> Set.ofList

        fun (address: Address) ->
            address.Schema = declared.Namespace
            && (address.Kind = Kind.Table && tables.Contains address.Name
                || address.Kind = Kind.Enum && enums.Contains address.Name
                || address.Kind = Kind.Column && columns.Contains address.Part)

    /// The kind and name of what a step renames, and what it is called afterwards; None for any other step.
    let private renaming (step: Step) =
        match step with
        | Step.RenameTable(name, newName) -> Some(Kind.Table, name, newName)
        | Step.RenameEnum(name, newName) -> Some(Kind.Enum, name, newName)
        | Step.RenameColumn(name, _, _)
        | Step.RenameConstraint(name, _, _)
        | Step.RenameIndex(name, _, _) -> Some(Kind.Table, name, name.Name)
        | _ -> None

    /// The renames among the migrator's own steps: with a table go the names that derive from it.
    let private renames (declared: Schema) (connection: NpgsqlConnection) (server: string) ct =
        task {
            let driver = PostgresDriver.create server
            let! capabilities, projected = Declare.project driver connection declared ct
            let! live = driver.ReadCatalog connection [ declared.Namespace ] ct
            let target = Renames.hintedLike declared projected
            let steps = Diff.between live.Schema target |> List.filter (renaming >> Option.isSome)

            return
                [ for segment in driver.Lower capabilities live target steps do
                      for operation in segment.Operations do
                          operation.Covers, operation.Statements ]
        }

    let private change
        (other: PgDatabase)
        (renamed: PgDatabase)
        (covers: Step list, statements: string list)
        : PgChange option =
        covers
        |> List.tryPick renaming
        |> Option.map (fun (kind, name: ObjectName, newName) ->
            let before = Address.create kind name.Namespace name.Name
            let after = Address.create kind name.Namespace newName

            { Step =
                // A column is renamed in a table that may have its new name already.
                match other.Objects.TryFind before |> Option.orElse (renamed.Objects.TryFind after) with
                | Some object -> PgStep.Alter(object, { object with Address = after })
                | None -> invalidOp $"{name} was renamed and is not there."
              Sql = statements })

    /// The renames that the schema asks of a PostgreSQL database, and that database after them. The engine itself says what
    /// follows from a rename: a copy of the schema is made in a scratch database, and read again.
    let follow (server: string) (declared: Schema) (other: PgDatabase) ct : Task<PgChange list * PgDatabase> =
        task {
            if not (other.Objects.Keys |> Seq.exists (isFormer declared)) then
                return [], other
            else
                // Nobody else's to read: the other side may hold passwords of foreign servers.
                let folder = Directory.CreateTempSubdirectory "schematoolkit-"
                let script = Path.Combine(folder.FullName, "copy.sql")

                let renamed (connection: NpgsqlConnection) =
                    task {
                        do! Declare.run connection None "RESET ALL" ct
                        let! found = renames declared connection server ct

                        for _, statements in found do
                            for sql in statements do
                                do! Declare.run connection None sql ct

                        let! database = Snapshot.read' connection ct

                        return
                            List.choose (change other database) found, { database with Unmodelled = other.Unmodelled }
                    }

                try
                    let fresh = Fresh.like other
                    let copy = PgPlan.between Registry.rules fresh other
                    File.WriteAllText(script, Output.sql copy)

                    try
                        return! Scratch.using server script renamed ct
                    with :? ScriptException as error ->
                        let cause = error.InnerException |> Option.ofObj |> Option.map _.Message

                        return
                            Refuse.because
                                $"The schema says renamedFrom, and what follows from a rename is seen in a copy of the other side's schema, which {PostgresConnections.target server} does not take: {defaultArg cause error.Message}. Nothing was changed. Name with --server a server that can hold the copy, or rename by hand and take the hints out."
                finally
                    folder.Delete true
        }
