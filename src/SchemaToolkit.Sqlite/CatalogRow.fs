namespace SchemaToolkit

/// One row of `sqlite_schema`.
type internal SchemaRow = { Kind: string; Name: string; Table: string; Sql: string }
