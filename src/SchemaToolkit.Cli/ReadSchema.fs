namespace SchemaToolkit.Cli

open System.Data.Common
open System.Threading
open System.Threading.Tasks
open Npgsql
open SchemaToolkit
open SchemaToolkit.PostgresObjects

/// One namespace of a database as a schema that can be declared.
[<RequireQualifiedAccess>]
module ReadSchema =
    let private own =
        "SELECT nspname::text FROM pg_namespace WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'migrations') AND nspname !~ '^pg_' AND (nspname <> 'public' OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = pg_namespace.oid)) ORDER BY 1"

    let private postgresNamespaces (connection: NpgsqlConnection) (ct: CancellationToken) : Task<string list> =
        task {
            use command = new NpgsqlCommand($"SELECT array(({own}))", connection)
            let! found = command.ExecuteScalarAsync ct
            return List.ofArray (unbox<string array> found)
        }

    let private choose (wanted: string option) (found: string list) : string =
        match wanted, found with
        | Some name, _ when List.contains name found -> name
        | Some name, _ ->
            let known = String.concat ", " found
            Refuse.because $"There is no namespace '{name}'; there are: {known}."
        | None, [] -> Namespace.host
        | None, [ one ] -> one
        | None, several ->
            let known = String.concat ", " several

            Refuse.because
                $"Code is written for one namespace, and there are several: {known}. Say which with --namespace NAME."

    /// The name that the derived namespace comes from, where there is one.
    let private pluginOf (ns: string) =
        let short =
            if ns.StartsWith("plugin_", System.StringComparison.Ordinal) then
                ns.Substring 7
            else
                ns

        if ns <> Namespace.host && Namespace.derive short = ns then short else ns

    let private finish (driver: Driver) (connection: DbConnection) (ns: string) (ct: CancellationToken) =
        task {
            let! _ = driver.Probe connection ct
            let! catalog = driver.ReadCatalog connection [ ns ] ct
            let read = { catalog.Schema with Plugin = pluginOf ns; Namespace = ns }
            let! meant = Defaults.recognise driver connection read ct
            let sayable, left = Sayable.reduce meant
            return sayable, List.distinct (catalog.Unmodelled @ left)
        }

    let private postgres (wanted: string option) (text: string) (connection: NpgsqlConnection) ct =
        task {
            let! namespaces = postgresNamespaces connection ct
            return! finish (PostgresDriver.create text) connection (choose wanted namespaces) ct
        }

    let private live (wanted: string option) (text: string) ct =
        task {
            use! connection = PostgresSide.connect text ct
            return! postgres wanted text connection ct
        }

    let private sqlite (wanted: string option) (text: string) ct =
        task {
            let driver = SqliteDriver.create text
            use! connection = driver.ConnectToRead ct
            let! namespaces = SqliteSide.ownNamespaces text ct
            return! finish driver connection (choose wanted namespaces) ct
        }

    let private run (statements: string list) (connection: NpgsqlConnection) (ct: CancellationToken) : Task =
        task {
            for statement in statements @ [ "RESET ALL" ] do
                use command = new NpgsqlCommand(Script.sendable statement, connection)
                let! _ = command.ExecuteNonQueryAsync ct
                ()
        }

    /// The schema, and in words what it does not hold.
    let load
        (options: SideOptions)
        (wanted: string option)
        (dialect: EngineKind)
        (endpoint: Endpoint)
        ct
        : Task<Schema * string list> =
        task {
            match endpoint, dialect with
            | Endpoint.Assembly path, _ -> return fst (DeclaredSchemas.choose path options.Schema), []
            | Endpoint.Live text, _ -> return! live wanted text ct
            | Endpoint.SqliteFile text, _ -> return! sqlite wanted text ct
            | Endpoint.SqliteSnapshot path, _ ->
                return! SqliteSide.withSnapshot path (fun text -> sqlite wanted text ct) ct
            | Endpoint.Script path, EngineKind.Sqlite ->
                return! SqliteSide.withScript path (fun text -> sqlite wanted text ct) ct
            | Endpoint.Script path, EngineKind.Postgres ->
                let server = PostgresSide.needServer "SQL files are loaded into" options.Server
                return! Scratch.using server path (fun connection -> postgres wanted server connection ct) ct
            | Endpoint.Snapshot _, _ ->
                let server = PostgresSide.needServer "A snapshot is made in" options.Server
                let! database = PostgresSide.load options endpoint ct
                let fresh = Fresh.like database
                let changes = PgPlan.between Registry.rules fresh database
                let all = Preamble.statements @ (changes |> List.collect _.Sql)

                let body (connection: NpgsqlConnection) =
                    task {
                        do! run all connection ct
                        return! postgres wanted server connection ct
                    }

                return! Scratch.within server body ct
        }
