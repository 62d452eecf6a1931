namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Threading
open System.Threading.Tasks
open Npgsql

/// How the catalog knows an object: `classid, objid, objsubid`.
type internal ObjectId = (struct (uint32 * uint32 * int))

/// One object as a query found it.
type internal Found =
    {
        Object: PgObject
        /// Its own, then those that stand for it.
        Ids: ObjectId list
        AlsoNeeds: Address list
    }

/// That one object needs another.
[<Struct>]
type internal Dependency =
    {
        User: ObjectId
        Used: ObjectId
        /// `pg_depend.deptype`.
        Kind: char
    }

/// What the catalog holds, before it is put together.
type internal CatalogRows =
    { Version: int
      User: string
      Found: List<Found>
      Dependencies: List<Dependency>
      Comments: Dictionary<ObjectId, string>
      Unmodelled: List<string> }

/// Reads the whole catalog in one round trip: all queries are sent together, so that the server runs the next one while the
/// rows of the last are decoded.
[<RequireQualifiedAccess>]
module internal Rows =
    let private sources =
        TypeSources.all
        @ KeySources.all
        @ TableSources.all
        @ InheritanceSources.all
        @ CodeSources.all
        @ RestSources.all
        @ MemberSources.all
        @ OperatorSources.all
        @ TextSearchSources.all

    /// Compiling plans costs more than it saves here, and is tempting where the catalog is large.
    let private opening =
        "SELECT set_config('search_path', '', true), set_config('quote_all_identifiers', 'off', true), set_config('transaction_read_only', 'on', true), set_config('jit', 'off', true), current_setting('server_version_num')::int, current_user::text"

    /// Below this number are the objects that every database is made with; of those, schemas and extensions are read.
    let private firstOwn = 16384

    let private dependencies =
        $"SELECT classid, objid, objsubid, refclassid, refobjid, refobjsubid, ascii(deptype::text) FROM pg_depend WHERE deptype IN ('n', 'a', 'i', 'P', 'S', 'e') AND objid >= {firstOwn}"

    let private comments =
        $"SELECT classoid, objoid, objsubid, description FROM pg_description WHERE objoid >= {firstOwn}"

    let private grant (text: string) : Grant =
        match text.Split '\t' with
        | [| grantee; privilege; grantable; grantor |] ->
            { Grantee = grantee
              Privilege = privilege
              Grantable = (grantable = "true")
              Grantor = grantor }
        | _ -> invalidOp $"A privilege is printed as grantee, privilege, option and grantor, not '{text}'."

    let private alias (text: string) : ObjectId =
        match text.Split ':' with
        | [| catalog; oid |] -> struct (UInt32.Parse catalog, UInt32.Parse oid, 0)
        | _ -> invalidOp $"An alias is printed as two numbers, not '{text}'."

    let private id (reader: NpgsqlDataReader) i : ObjectId =
        struct (reader.GetFieldValue<uint32> i, reader.GetFieldValue<uint32>(i + 1), reader.GetInt32(i + 2))

    let private found (source: Source) (reader: NpgsqlDataReader) : Found =
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
              Grants = texts 8 |> Option.map (List.map grant)
              Comment = optional 9
              SecurityLabels = [] }
          Ids = id reader 0 :: (texts 10 |> Option.defaultValue [] |> List.map alias)
          AlsoNeeds = body.AlsoNeeds }

    /// The rows of the next query.
    let private each (reader: NpgsqlDataReader) (ct: CancellationToken) (row: NpgsqlDataReader -> unit) : Task =
        task {
            let! _ = reader.NextResultAsync ct
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    row reader
        }

    /// In the transaction that the connection is in, whose settings it changes; `version` is the server's number.
    let read (connection: NpgsqlConnection) (version: int) (ct: CancellationToken) : Task<CatalogRows> =
        task {
            use batch = new NpgsqlBatch(connection)

            for sql in
                [ opening
                  for source in sources do
                      source.Sql version
                  dependencies
                  comments
                  Unmodelled.sql ] do
                batch.BatchCommands.Add(NpgsqlBatchCommand sql)

            use! reader = batch.ExecuteReaderAsync ct
            let! _ = reader.ReadAsync ct
            let version, user = reader.GetInt32 4, reader.GetString 5

            let rows =
                { Version = version
                  User = user
                  Found = List()
                  Dependencies = List()
                  Comments = Dictionary()
                  Unmodelled = List() }

            for source in sources do
                do! each reader ct (fun r -> rows.Found.Add(found source r))

            do!
                each reader ct (fun r ->
                    rows.Dependencies.Add { User = id r 0; Used = id r 3; Kind = char (r.GetInt32 6) })

            do! each reader ct (fun r -> rows.Comments[id r 0] <- r.GetString 3)
            do! each reader ct (fun r -> rows.Unmodelled.Add(r.GetString 0))
            return rows
        }
