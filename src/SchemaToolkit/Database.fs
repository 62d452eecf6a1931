namespace SchemaToolkit

/// Choosing the engine: joins the module of the same name in the data layer.
[<RequireQualifiedAccess>]
module Database =
    /// `postgres://…` or `Host=…` is PostgreSQL (and PGLite), `Data Source=…` or a path ending in `.db` SQLite.
    let parse (text: string) : Result<DatabaseAddress, string> = DatabaseText.parse text

    /// A pool of connections for reading and writing rows.
    let connect (address: DatabaseAddress) : Database =
        match address with
        | DatabaseAddress.Sqlite connectionString -> SqliteDatabase.connect connectionString
        | DatabaseAddress.Postgres connectionString -> PostgresDatabase.connect connectionString

    /// The engine as the migrator needs it.
    let driver (address: DatabaseAddress) : Driver =
        match address with
        | DatabaseAddress.Sqlite connectionString -> SqliteDriver.create connectionString
        | DatabaseAddress.Postgres connectionString -> PostgresDriver.create connectionString
