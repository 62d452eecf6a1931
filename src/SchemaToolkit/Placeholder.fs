namespace SchemaToolkit

module internal Placeholder =
    let name = "SchemaToolkit"
