namespace SchemaToolkit.Testing

module internal Placeholder =
    let name = "SchemaToolkit.Testing"
