namespace SchemaToolkit.Agents

module internal Placeholder =
    let name = "SchemaToolkit.Agents"
