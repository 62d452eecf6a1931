namespace SchemaToolkit.Cli

open System
open System.IO
open System.Runtime.InteropServices
open System.Text
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
    let private execute (connection: SqliteConnection) (file: string) (text: string) =
        let mutable rest = text

        let fail () =
            let before = text.Length - rest.Length
            let bytes = Native.sqlite3_error_offset ((Unchecked.nonNull connection.Handle).DangerousGetHandle())
            // SQLite counts bytes, a text has letters.
            let offset =
                if bytes < 0 then
                    bytes
                else
                    Encoding.UTF8.GetCharCount(Encoding.UTF8.GetBytes rest, 0, bytes)

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

    /// A file of our own that holds what the texts make; with each goes the name of the file it is from.
    let private withTexts (texts: (string * string) seq) (body: string -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        inScratch (fun scratch ->
            task {
                use! connection = SqliteConnections.openUnpooled false scratch ct

                for file, text in texts do
                    execute connection file text

                return! body scratch
            })

    /// A file of our own that holds what the script makes.
    let withScript (path: string) (body: string -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        let texts =
            SchemaToolkit.PostgresObjects.Scratch.files path
            |> Seq.map (fun file -> file, File.ReadAllText file)

        withTexts texts body ct

    /// A file of our own that holds what the snapshot says.
    let withSnapshot (path: string) (body: string -> Task<'T>) (ct: CancellationToken) : Task<'T> =
        let texts = SqliteSnapshot.read path (File.ReadAllText path) |> Seq.map (fun sql -> path, sql)
        withTexts texts body ct

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

    /// A file of our own that holds what the schema declares, and what it references.
    let private withDeclared (path: string) (schema: Schema, all: Schema list) (body: string -> Task<'T>) ct =
        inScratch (fun text ->
            task {
                let driver = SqliteDriver.create text
                use! connection = driver.Connect ct

                for each in DeclaredSchemas.withDependencies path schema all do
                    do! Declare.onto driver connection each ct

                return! body text
            })

    let private within (options: SideOptions) (endpoint: Endpoint) (body: string -> Task<'T>) (ct: CancellationToken) =
        match endpoint with
        | Endpoint.SqliteFile text -> body text
        | Endpoint.Script path -> withScript path body ct
        | Endpoint.SqliteSnapshot path -> withSnapshot path body ct
        | Endpoint.Assembly path -> withDeclared path (DeclaredSchemas.choose path options.Schema) body ct
        | Endpoint.Live _
        | Endpoint.Snapshot _ -> Refuse.because "A PostgreSQL database is not an SQLite file."

    /// What the endpoint holds; all of it, or one namespace. A declared schema keeps its rename hints.
    let load (options: SideOptions) (only: string option) (endpoint: Endpoint) (ct: CancellationToken) =
        task {
            let! state = within options endpoint (fun text -> read text only ct) ct

            return
                match endpoint with
                | Endpoint.Assembly path ->
                    let declared = fst (DeclaredSchemas.choose path options.Schema)

                    { state with
                        Catalog =
                            { state.Catalog with
                                Schema = Diffing.Renames.hintedLike declared state.Catalog.Schema } }
                | Endpoint.SqliteFile _
                | Endpoint.Script _
                | Endpoint.SqliteSnapshot _
                | Endpoint.Live _
                | Endpoint.Snapshot _ -> state
        }

    /// What the endpoint holds, and its snapshot.
    let snapshot (options: SideOptions) (endpoint: Endpoint) (ct: CancellationToken) : Task<SqliteState * string> =
        let body (text: string) =
            task {
                let! state = read text None ct
                use! connection = SqliteConnections.openToRead text ct
                return state, SqliteSnapshot.write connection state.Catalog.Unmodelled
            }

        within options endpoint body ct

    /// An empty file read by the same library.
    let nothing (state: SqliteState) : SqliteState =
        { state with
            Catalog =
                { Schema = Schema.empty Namespace.host Namespace.host
                  Unmodelled = []
                  Attachments = []
                  Fingerprint = "" } }
