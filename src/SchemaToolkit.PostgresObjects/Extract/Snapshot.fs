namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Data
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Reads a whole database in one snapshot, with one query for each group of kinds and one for all dependencies.
[<RequireQualifiedAccess>]
module Snapshot =
    type private Found =
        { Object: PgObject; Ids: (uint32 * uint32 * int) list; AlsoNeeds: Address list }

    let private sources =
        TypeSources.all
        @ KeySources.all
        @ TableSources.all
        @ CodeSources.all
        @ RestSources.all
        @ OperatorSources.all
        @ TextSearchSources.all

    let private grant (text: string) : Grant =
        match text.Split '\t' with
        | [| grantee; privilege; grantable; grantor |] ->
            { Grantee = grantee
              Privilege = privilege
              Grantable = (grantable = "true")
              Grantor = grantor }
        | _ -> invalidOp $"A privilege is printed as grantee, privilege, option and grantor, not '{text}'."

    let private alias (text: string) =
        match text.Split ':' with
        | [| catalog; oid |] -> UInt32.Parse catalog, UInt32.Parse oid, 0
        | _ -> invalidOp $"An alias is printed as two numbers, not '{text}'."

    let private readOne (source: Source) (reader: NpgsqlDataReader) : Found =
        let text i = reader.GetString i
        let optional i = if reader.IsDBNull i then None else Some(reader.GetString i)

        let texts i =
            if reader.IsDBNull i then
                None
            else
                Some(reader.GetFieldValue<(string | null) array> i |> Array.choose Option.ofObj |> List.ofArray)

        let place: Address =
            { Kind = Kind.Table
              Schema = text 3
              Name = text 4
              Part = text 5
              Arguments = text 6 }

        let body = source.Read place reader

        { Object =
            { Address = { place with Kind = body.Kind }
              Parent = body.Parent
              Facts = body.Facts
              Owner = optional 7
              Grants = texts 8 |> Option.map (List.map grant >> List.sort)
              Comment = optional 9
              SecurityLabels = [] }
          Ids =
            (reader.GetFieldValue<uint32> 0, reader.GetFieldValue<uint32> 1, reader.GetInt32 2)
            :: (texts 10 |> Option.defaultValue [] |> List.map alias)
          AlsoNeeds = body.AlsoNeeds }

    let private read (connection: NpgsqlConnection) version (ct: CancellationToken) =
        task {
            let found = List<Found>()

            for source in sources do
                use command = new NpgsqlCommand(source.Sql version, connection)
                use! reader = command.ExecuteReaderAsync(CommandBehavior.Default, ct)
                let mutable more = true

                while more do
                    let! next = reader.ReadAsync ct
                    more <- next

                    if next then
                        found.Add(readOne source reader)

            return found
        }

    let private unmodelled (connection: NpgsqlConnection) (ct: CancellationToken) =
        task {
            let lines = List<string>()
            use command = new NpgsqlCommand(Unmodelled.sql, connection)
            use! reader = command.ExecuteReaderAsync(CommandBehavior.Default, ct)
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    lines.Add(reader.GetString 0)

            return List.ofSeq lines
        }

    let private dependencies =
        "SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype::text FROM pg_depend WHERE deptype IN ('n', 'a', 'i', 'P', 'S', 'e')"

    /// Who needs whom, in addresses; members of an extension stand for the extension.
    let private edges (connection: NpgsqlConnection) (found: List<Found>) (ct: CancellationToken) =
        task {
            let byId = Dictionary<struct (uint32 * uint32 * int), Address>()

            for one in found do
                for catalog, oid, part in one.Ids do
                    byId[struct (catalog, oid, part)] <- one.Object.Address

            let rows = List<struct (uint32 * uint32 * int) * struct (uint32 * uint32 * int) * string>()
            use command = new NpgsqlCommand(dependencies, connection)
            use! reader = command.ExecuteReaderAsync(CommandBehavior.Default, ct)
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    let id i =
                        struct (reader.GetFieldValue<uint32> i,
                                reader.GetFieldValue<uint32>(i + 1),
                                reader.GetInt32(i + 2))

                    rows.Add((id 0, id 3, reader.GetString 6))

            let whole (struct (catalog, oid, _: int)) = struct (catalog, oid, 0)

            let lookup id =
                match byId.TryGetValue id with
                | true, address -> Some address
                | false, _ ->
                    match byId.TryGetValue(whole id) with
                    | true, address -> Some address
                    | false, _ -> None

            for user, used, kind in rows do
                if kind = "e" then
                    match lookup used with
                    | Some extension -> byId.TryAdd(whole user, extension) |> ignore
                    | None -> ()

            return
                [ for user, used, kind in rows do
                      if kind <> "e" then
                          match lookup user, lookup used with
                          | Some a, Some b when a <> b ->
                              match a.Kind, b.Kind with
                              // Ownership of a sequence and being a partition are objects of their own.
                              | Kind.Sequence, Kind.Column
                              | Kind.Table, Kind.Table when kind = "a" -> ()
                              | _ -> a, b
                          | _ -> () ]
        }

    /// Needs only rights to read the catalog. The connection must not be in a transaction.
    let read' (connection: NpgsqlConnection) (ct: CancellationToken) : Task<PgDatabase> =
        task {
            use! transaction = connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct)

            use settings =
                new NpgsqlCommand(
                    "SELECT set_config('search_path', '', true), set_config('quote_all_identifiers', 'off', true), set_config('transaction_read_only', 'on', true)",
                    connection
                )

            let! _ = settings.ExecuteNonQueryAsync ct

            use about =
                new NpgsqlCommand("SELECT current_setting('server_version_num')::int, current_user::text", connection)

            use! reader = about.ExecuteReaderAsync(CommandBehavior.Default, ct)
            let! _ = reader.ReadAsync ct
            let version, user = reader.GetInt32 0, reader.GetString 1
            do! reader.CloseAsync()
            let! found = read connection version ct
            let! needs = edges connection found ct
            let! unmodelled = unmodelled connection ct
            do! transaction.RollbackAsync ct
            let objects = found |> Seq.map (fun f -> f.Object.Address, f.Object) |> Map.ofSeq

            let all =
                [ yield! needs
                  for one in found do
                      for needed in one.AlsoNeeds do
                          one.Object.Address, needed

                      match one.Object.Parent with
                      | Some parent -> one.Object.Address, parent
                      | None -> () ]

            // A composite type needs what its attributes need.
            let all =
                all
                @ [ for user, used in all do
                        if user.Kind = Kind.Attribute then
                            { user with Kind = Kind.Composite; Part = "" }, used ]

            return
                PgDatabase.assemble
                    { Version = version
                      User = user
                      Objects = objects
                      Needs = PgDatabase.relate objects all
                      Unmodelled = unmodelled }
        }
