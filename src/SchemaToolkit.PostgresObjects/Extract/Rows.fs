namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Threading
open System.Threading.Tasks
open Npgsql

/// Reads the whole catalog in two round trips: what every database has, and then what this one has besides. The queries of a
/// trip are sent together, so that the server runs the next one while the rows of the last are decoded.
[<RequireQualifiedAccess>]
module internal Rows =
    let private sources =
        TypeSources.all
        @ KeySources.all
        @ TableSources.all
        @ InheritanceSources.all
        @ CodeSources.all
        @ BaseTypeSources.all
        @ RestSources.all
        @ ForeignSources.all
        @ ReplicationSources.all
        @ MemberSources.all
        @ OperatorSources.all
        @ TextSearchSources.all

    /// What is read of tables where the server prints everything.
    let private printed =
        [ TableSources.tables
          TableSources.columns
          TableSources.defaults
          KeySources.constraints
          KeySources.indexes ]

    let private conditions = Unmodelled.condition :: (sources |> List.choose _.If) |> List.distinct

    /// Two of these that are equal: no transaction that wrote anything ended between them. A standby does not say which run.
    let moment = "CASE WHEN NOT pg_is_in_recovery() THEN pg_current_snapshot()::text END"

    /// Settings, who and what the server is, and which queries have something to find. Compiling plans costs more than it
    /// saves here, and is tempting where the catalog is large.
    let private opening =
        "SELECT set_config('search_path', '', true), set_config('quote_all_identifiers', 'off', true), set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true), current_setting('server_version_num')::int, current_user::text, "
        + moment

    let private probe = $"""SELECT {String.concat ", " conditions}"""

    let private dependencies =
        $"SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, ascii(deptype::text) FROM pg_depend WHERE deptype IN ('n', 'a', 'i', 'P', 'S', 'e') AND objid >= {Asked.firstOwn}"

    let private comments =
        $"SELECT classoid, objoid, objsubid, description FROM pg_description WHERE objoid >= {Asked.firstOwn}"

    let private alias (text: string) : ObjectId =
        match text.Split ':' with
        | [| catalog; oid |] -> struct (UInt32.Parse catalog, UInt32.Parse oid, 0)
        | _ -> invalidOp $"An alias is printed as two numbers, not '{text}'."

    let private id (reader: NpgsqlDataReader) i : ObjectId =
        struct (reader.GetFieldValue<uint32> i, reader.GetFieldValue<uint32>(i + 1), reader.GetInt32(i + 2))

    let private optional (reader: NpgsqlDataReader) i = if reader.IsDBNull i then None else Some(reader.GetString i)

    let private found (source: Source) (reader: NpgsqlDataReader) : Found =
        let text i = reader.GetString i
        let optional i = optional reader i

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
              Grants = texts 8 |> Option.map (List.map Grant.parse)
              Comment = optional 9
              SecurityLabels = [] }
          Id = id reader 0
          Aliases = texts 10 |> Option.defaultValue [] |> List.map alias
          AlsoNeeds = body.AlsoNeeds }

    /// Queries sent together, each with what becomes of its rows.
    let private ask
        (connection: NpgsqlConnection)
        (questions: (string * (NpgsqlDataReader -> unit)) list)
        (ct: CancellationToken)
        : Task =
        task {
            use batch = new NpgsqlBatch(connection)

            for sql, _ in questions do
                batch.BatchCommands.Add(NpgsqlBatchCommand sql)

            use! reader = batch.ExecuteReaderAsync ct

            for _, row in questions do
                let mutable more = true

                while more do
                    let! next = reader.ReadAsync ct
                    more <- next

                    if next then
                        row reader

                let! _ = reader.NextResultAsync ct
                ()
        }

    /// In the transaction that the connection is in, whose settings it changes; `version` is the server's number.
    let private readWith (printing: bool) (connection: NpgsqlConnection) (version: int) (ct: CancellationToken) =
        task {
            let server = List<struct (int * string * string option)>()
            let there = HashSet<string>()
            let objects, needed = List(), List()
            let comments', unmodelled = Dictionary(), List()
            let asking (source: Source) = source.Sql version, (fun r -> objects.Add(found source r))
            let always, sometimes = sources |> List.partition _.If.IsNone
            let bare, plain = PlainRows.asking version

            do!
                ask
                    connection
                    [ opening, (fun r -> server.Add(struct (r.GetInt32 4, r.GetString 5, optional r 6)))
                      probe,
                      (fun r ->
                          conditions
                          |> List.iteri (fun i condition ->
                              if r.GetBoolean i then
                                  there.Add condition |> ignore))
                      for one in always do
                          asking one.Source
                      if not printing then
                          yield! plain
                      dependencies, (fun r -> needed.Add { User = id r 0; Used = id r 3; Kind = char (r.GetInt32 6) })
                      comments, (fun r -> comments'[id r 0] <- r.GetString 3) ]
                    ct

            let plain = PlainObjects(bare, needed, comments')

            do!
                ask
                    connection
                    [ yield! plain.Lookups
                      for source in (if printing then printed else plain.NotPlain) do
                          asking source
                      for one in sometimes do
                          if there.Contains(Option.get one.If) then
                              asking one.Source
                      if there.Contains Unmodelled.condition then
                          Unmodelled.sql, (fun r -> unmodelled.Add(r.GetString 0)) ]
                    ct

            objects.AddRange plain.Found
            let struct (version, user, moment) = server[0]

            return
                { Version = version
                  User = user
                  Moment = moment
                  Found = objects
                  Dependencies = needed
                  Comments = comments'
                  Unmodelled = unmodelled }
        }

    /// Composes the queries, as reading for the first time does.
    let prepare () =
        let version = 150000
        PlainRows.asking version |> ignore

        for asked in sources do
            asked.Source.Sql version |> ignore

    /// In the transaction that the connection is in, whose settings it changes; `version` is the server's number.
    let read (connection: NpgsqlConnection) (version: int) (ct: CancellationToken) : Task<CatalogRows> =
        readWith false connection version ct

    /// The same, with nothing put together here that the server can print.
    let readPrinted (connection: NpgsqlConnection) (version: int) (ct: CancellationToken) : Task<CatalogRows> =
        readWith true connection version ct
