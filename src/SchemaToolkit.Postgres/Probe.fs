namespace SchemaToolkit.Postgres

open System
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit

/// Asks a server what it is and what it can do; the connection string tells nothing. One statement, whatever is asked.
[<RequireQualifiedAccess>]
module internal Probe =
    let private minimum = 150000

    /// Between the names of one group; no identifier holds a control character.
    let private separator = "\u001f"

    /// Names and schemas of the extensions that matter, as pairs in one list.
    let private extensions =
        "ARRAY(SELECT x FROM pg_available_extensions a,
               unnest(ARRAY[a.name::text, coalesce((SELECT n.nspname::text FROM pg_extension e
                                                    JOIN pg_namespace n ON n.oid = e.extnamespace
                                                    WHERE e.extname = a.name), '')]) WITH ORDINALITY u(x, o)
               WHERE a.name IN ('vector', 'pg_trgm') ORDER BY a.name, o)"

    let private fingerprints =
        let group = "string_to_array(g.names, chr(31))"
        $"ARRAY(SELECT ({CatalogQueries.fingerprintOf group}) FROM unnest($1) WITH ORDINALITY g(names, place) ORDER BY place)"

    let private question =
        $"SELECT version(), split_part(current_setting('server_version'), ' ', 1), current_setting('server_version_num')::int,
                 {extensions}, ({LedgerTables.exists}), {fingerprints}"

    let private capabilitiesOf (said: string) (version: string) (number: int) (found: string list) : Capabilities =
        if number < minimum then
            raise (NotSupportedException $"SchemaToolkit needs PostgreSQL 15 or newer; this server is {version}.")

        let installed =
            found
            |> List.chunkBySize 2
            |> List.choose (function
                | [ name; schema ] -> Some(name, schema)
                | _ -> None)

        { Engine = Render.engine
          Version = version
          Flavour =
            (if said.Contains("pglite", StringComparison.OrdinalIgnoreCase) then
                 "PGLite"
             else
                 "PostgreSQL")
          Features =
            set
                [ "schemas"
                  Features.nullsNotDistinct
                  if number >= 160000 then
                      Features.inputIsValid
                  if number >= 180000 then
                      Features.virtualColumns
                  for name, schema in installed do
                      if name = "vector" then
                          Features.vector

                      if schema <> "" && schema <> Namespace.host then
                          Features.installed name schema ] }

    /// What the server can do, whether the ledger is there, and the fingerprint of each group of namespaces.
    let glance (connection: NpgsqlConnection) (groups: string list list) (ct: CancellationToken) : Task<Glance> =
        task {
            let names = groups |> List.map (String.concat separator) |> Array.ofList

            let read (r: NpgsqlDataReader) : Glance =
                { Capabilities = capabilitiesOf (Field.text 0 r) (Field.text 1 r) (Field.number 2 r) (Field.texts 3 r)
                  LedgerExists = Field.flag 4 r
                  Fingerprints = Field.texts 5 r }

            let! found = Session.rows connection question [ names ] read ct
            return List.head found
        }

    let capabilities (connection: NpgsqlConnection) (ct: CancellationToken) : Task<Capabilities> =
        task {
            let! found = glance connection [] ct
            return found.Capabilities
        }
