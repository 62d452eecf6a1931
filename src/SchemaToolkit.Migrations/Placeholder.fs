namespace SchemaToolkit.Migrations

module internal Placeholder =
    let name = "SchemaToolkit.Migrations"
