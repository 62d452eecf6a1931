namespace SchemaToolkit.Cli

open System
open System.IO
open System.Runtime.InteropServices
open System.Threading
open System.Threading.Tasks
open Microsoft.Data.Sqlite
open SQLitePCL
open SchemaToolkit

/// Where in a statement SQLite stumbled: not among the functions that its wrapper has.
module private Native =
    [<DllImport("e_sqlite3")>]
    extern int sqlite3_error_offset(nativeint connection)

/// An SQLite database as it was read.
type SqliteState = { Capabilities: Capabilities; Catalog: Catalog }

/// An SQLite database from whatever describes it.
[<RequireQualifiedAccess>]
module SqliteSide =
    let private names (connection: SqliteConnection) (sql: string) (ct: CancellationToken) : Task<string list> =
        task {
            use command = connection.CreateCommand()
            command.CommandText <- sql
            use! reader = command.ExecuteReaderAsync ct
            let found = ResizeArray<string>()
            let mutable more = true

            while more do
                let! next = reader.ReadAsync ct
                more <- next

                if next then
                    found.Add(reader.GetString 0)

            return List.ofSeq found
        }

    let private namespaces (connection: SqliteConnection) (ct: CancellationToken) : Task<string list> =
        task {
            let! found = names connection "SELECT name FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_'" ct

            return
                Namespace.host :: (found |> List.map (fun name -> (SqliteName.parse name).Namespace))
                |> List.distinct
                |> List.sort
        }

    /// What a file holds; all of it, or one namespace.
    let read (text: string) (only: string option) (ct: CancellationToken) : Task<SqliteState> =
        task {
            let driver = SqliteDriver.create text
            use! connection = SqliteConnections.openToRead text ct
            let! capabilities = driver.Probe connection ct
            let! found = namespaces connection ct

            let! catalog =
                driver.ReadCatalog connection (only |> Option.map List.singleton |> Option.defaultValue found) ct

            return { Capabilities = capabilities; Catalog = catalog }
        }

    /// A file of our own, gone afterwards.
    let private inScratch (body: string -> Task<'T>) : Task<'T> =
        task {
            let folder = Directory.CreateTempSubdirectory "schematoolkit-"

            try
                let file = Path.Combine(folder.FullName, "scratch.db")
                return! body $"Data Source={file};Pooling=False"
            finally
                folder.Delete true
        }

    let private lineOf (text: string) (offset: int) = 1 + (text.AsSpan(0, min offset text.Length).Count '\n')

    /// Statement by statement, as SQLite itself cuts them, so that an error has a line.
    let private execute (connection: SqliteConnection) (file: string) =
        let text = File.ReadAllText file
        let mutable rest = text

        let fail () =
            let before = text.Length - rest.Length
            let offset = Native.sqlite3_error_offset ((Unchecked.nonNull connection.Handle).DangerousGetHandle())
            let blanks = rest.Length - rest.TrimStart().Length
            let line = lineOf text (before + max offset blanks)
            Refuse.because $"{file}:{line}: {raw.sqlite3_errmsg(connection.Handle).utf8_to_string()}"

        while rest.Trim() <> "" do
            let mutable statement: sqlite3_stmt = Unchecked.defaultof<_>
            let mutable tail = ""

            if raw.sqlite3_prepare_v2 (connection.Handle, rest, &statement, &tail) <> raw.SQLITE_OK then
                fail ()

            // Comments alone make no statement.
            if not (obj.ReferenceEquals(statement, null) || statement.IsInvalid) then
                let mutable code = raw.sqlite3_step statement

                while code = raw.SQLITE_ROW do
                    code <- raw.sqlite3_step statement

                raw.sqlite3_finalize statement |> ignore

                if code <> raw.SQLITE_DONE then
                    fail ()

            rest <- tail

    /// A file of our own that holds what the script makes.
    let withScript (path: string) (body: string -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        inScratch (fun text ->
            task {
                use! connection = SqliteConnections.openUnpooled false text ct

                for file in SchemaToolkit.PostgresObjects.Scratch.files path do
                    execute connection file

                return! body text
            })

    /// Those that hold tables, without the toolkit's own.
    let ownNamespaces (text: string) (ct: CancellationToken) : Task<string list> =
        task {
            use! connection = SqliteConnections.openToRead text ct

            let! found =
                names
                    connection
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
                    ct

            return
                found
                |> List.map (fun name -> (SqliteName.parse name).Namespace)
                |> List.distinct
                |> List.filter ((<>) Namespace.ledger)
                |> List.sort
        }

    let private declared (path: string) (schema: Schema, all: Schema list) (ct: CancellationToken) =
        inScratch (fun text ->
            task {
                let driver = SqliteDriver.create text
                use! connection = driver.Connect ct

                for each in DeclaredSchemas.withDependencies path schema all do
                    do! Declare.onto driver connection each ct

                let! state = read text (Some schema.Namespace) ct

                return
                    { state with
                        Catalog =
                            { state.Catalog with
                                Schema = Diffing.Renames.hintedLike schema state.Catalog.Schema } }
            })

    let load (options: SideOptions) (only: string option) (endpoint: Endpoint) (ct: CancellationToken) =
        match endpoint with
        | Endpoint.SqliteFile text -> read text only ct
        | Endpoint.Script path -> withScript path (fun text -> read text None ct) ct
        | Endpoint.Assembly path -> declared path (DeclaredSchemas.choose path options.Schema) ct
        | Endpoint.Live _
        | Endpoint.Snapshot _ -> Refuse.because "A PostgreSQL database is not an SQLite file."

    /// An empty file read by the same library.
    let nothing (state: SqliteState) : SqliteState =
        { state with
            Catalog =
                { Schema = Schema.empty Namespace.host Namespace.host
                  Unmodelled = []
                  Attachments = []
                  Fingerprint = "" } }
