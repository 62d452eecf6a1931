namespace SchemaToolkit.Core

module internal Placeholder =
    let name = "SchemaToolkit.Core"
