namespace SchemaToolkit.Postgres

module internal Placeholder =
    let name = "SchemaToolkit.Postgres"
