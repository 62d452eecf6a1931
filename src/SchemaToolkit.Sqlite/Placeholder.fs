namespace SchemaToolkit.Sqlite

module internal Placeholder =
    let name = "SchemaToolkit.Sqlite"
