namespace SchemaToolkit.Postgres

open System
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit

/// Asks a server what it is and what it can do; the connection string tells nothing.
[<RequireQualifiedAccess>]
module internal Probe =
    let private minimum = 150000

    let private extensionState =
        "SELECT name::text, (SELECT n.nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = a.name)
         FROM pg_available_extensions a WHERE name IN ('vector', 'pg_trgm')"

    let capabilities (connection: NpgsqlConnection) (ct: CancellationToken) : Task<Capabilities> =
        task {
            let! pglite = PostgresConnections.isPGlite connection ct

            let! version =
                Session.scalar<string> connection "SELECT split_part(current_setting('server_version'), ' ', 1)" [] ct

            let! number = Session.scalar<int> connection "SELECT current_setting('server_version_num')::int" [] ct

            if number < minimum then
                raise (NotSupportedException $"SchemaToolkit needs PostgreSQL 15 or newer; this server is {version}.")

            let! extensions =
                Session.rows connection extensionState [] (fun r -> Field.text 0 r, Field.optional 1 r) ct

            return
                { Engine = Render.engine
                  Version = version
                  Flavour = (if pglite then "PGLite" else "PostgreSQL")
                  Features =
                    set
                        [ "schemas"
                          Features.nullsNotDistinct
                          if number >= 160000 then
                              Features.inputIsValid
                          if number >= 180000 then
                              Features.virtualColumns
                          for name, schema in extensions do
                              if name = "vector" then
                                  Features.vector

                              match schema with
                              | Some schema when schema <> Namespace.host -> Features.installed name schema
                              | Some _
                              | None -> () ] }
        }
