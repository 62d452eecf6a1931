namespace SchemaToolkit.Testing

open System.IO
open Microsoft.Data.Sqlite

/// SQLite databases for tests: one file each, in the scratch folder.
[<RequireQualifiedAccess>]
module SqliteFile =

    let private versionInUse =
        lazy
            (use connection = new SqliteConnection("Data Source=:memory:")
             connection.Open()
             connection.ServerVersion)

    /// The version of the library, such as 3.53.3.
    let version () = versionInUse.Value

    /// The connection string of a file that does not exist yet; SQLite makes it on first use.
    let create () = SqliteConnectionStringBuilder(DataSource = Scratch.path "sqlite" + ".db").ConnectionString

    /// Closes pooled connections and deletes the file with what SQLite wrote beside it.
    let delete (connectionString: string) =
        use pooled = new SqliteConnection(connectionString)
        SqliteConnection.ClearPool pooled
        let file = SqliteConnectionStringBuilder(connectionString).DataSource

        for ending in [ ""; "-wal"; "-shm"; "-journal" ] do
            File.Delete(file + ending)
