namespace SchemaToolkit.Data

module internal Placeholder =
    let name = "SchemaToolkit.Data"
