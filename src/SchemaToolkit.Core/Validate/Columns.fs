namespace SchemaToolkit.Validating

open System
open SchemaToolkit

/// Types, defaults, identity, generated columns; and enums.
[<RequireQualifiedAccess>]
module internal Columns =
    /// PostgreSQL's limits (manual, 8.1.2, 8.3; pgvector: 16,000 dimensions).
    let rec private typeProblems (columnType: ColumnType) : string list =
        let within low high what value =
            [ if value < low || value > high then
                  $"has {what} {value}; it must be {low} to {high}" ]

        match columnType with
        | ColumnType.Varchar length
        | ColumnType.Char length -> within 1 10485760 "length" length
        | ColumnType.Numeric(Some p) ->
            [ yield! within 1 1000 "precision" p.Precision
              yield! within 0 (max 0 p.Precision) "scale" p.Scale ]
        | ColumnType.Vector dimensions -> within 1 16000 "dimensions" dimensions
        | ColumnType.Array(ColumnType.Array _) ->
            [ "is an array of arrays, which the engines do not tell from an array" ]
        | ColumnType.Array(ColumnType.Vector _) -> [ "is an array of vectors, which not every engine can keep" ]
        | ColumnType.Array element -> typeProblems element
        | ColumnType.Domain(_, over) -> typeProblems over
        | ColumnType.Other sql when
            String.IsNullOrWhiteSpace sql || sql |> Seq.exists (fun c -> c = ';' || Char.IsControl c)
            ->
            [ $"'{sql}' is no name of a type" ]
        | ColumnType.Other _
        | ColumnType.Named _ -> []
        | ColumnType.Uuid
        | ColumnType.Text
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Numeric None
        | ColumnType.Boolean
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp
        | ColumnType.Interval
        | ColumnType.Json
        | ColumnType.Jsonb
        | ColumnType.Bytea
        | ColumnType.Enum _ -> []

    let rec private isCollatable (columnType: ColumnType) =
        match columnType with
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _ -> true
        | ColumnType.Array element -> isCollatable element
        | ColumnType.Domain(_, over) -> isCollatable over
        | ColumnType.Named _ -> false
        // Only the engine knows.
        | ColumnType.Other _ -> true
        | ColumnType.Uuid
        | ColumnType.SmallInt
        | ColumnType.Integer
        | ColumnType.BigInt
        | ColumnType.Real
        | ColumnType.Double
        | ColumnType.Numeric _
        | ColumnType.Boolean
        | ColumnType.Date
        | ColumnType.Time
        | ColumnType.LocalTimestamp
        | ColumnType.Timestamp
        | ColumnType.Interval
        | ColumnType.Json
        | ColumnType.Jsonb
        | ColumnType.Bytea
        | ColumnType.Vector _
        | ColumnType.Enum _ -> false

    /// Collation names may hold dots and dashes (`en_US.utf8`, `de-x-icu`).
    let collationProblem (name: string) =
        if String.IsNullOrWhiteSpace name then
            Some "is empty"
        elif Identifier.byteLength name > Identifier.maxBytes then
            Some $"is longer than {Identifier.maxBytes} bytes"
        elif name |> Seq.exists (fun c -> Char.IsControl c || c = '"' || c = '\'' || c = '`') then
            Some "holds a quote or a control character"
        else
            None

    let private columnDefault (schema: Schema) part (column: ColumnDef) (value: ColumnDefault) =
        let wrong = "default-type"
        let typeName = ColumnType.describe column.Type

        match value with
        | ColumnDefault.Literal literal ->
            match Literals.problem schema.Enums column.Type literal with
            | None -> []
            | Some problem ->
                let advice =
                    match column.Type with
                    | ColumnType.Array _ -> "Use Default.sqlPer with a text for each engine."
                    | _ -> "Give a value of the column's type."

                [ Fault.at part wrong $"The default is no {typeName}: {problem}." advice ]
        | ColumnDefault.NewUuid ->
            [ if column.Type <> ColumnType.Uuid then
                  Fault.at part wrong $"The default is a new uuid, but the type is {typeName}." "Make it a uuid column." ]
        | ColumnDefault.Now ->
            [ if column.Type <> ColumnType.Timestamp && column.Type <> ColumnType.LocalTimestamp then
                  Fault.at
                      part
                      wrong
                      $"The default is the current time, but the type is {typeName}."
                      "Make it a timestamp column, or use Default.sql." ]
        | ColumnDefault.Expression sql ->
            [ yield!
                  // Columns are told below in words that fit.
                  Texts.check part "The default" (Texts.Tables.Forbidden schema) (SqlText.columns sql) sql
              for name in SqlText.columns sql do
                  Fault.at
                      part
                      "default-names-column"
                      $"The default names the column '{name}', but a default cannot look at its row."
                      "Use a generated column (Column.generatedAs)." ]

    let private identity part (column: ColumnDef) =
        [ if not (List.contains column.Type [ ColumnType.SmallInt; ColumnType.Integer; ColumnType.BigInt ]) then
              Fault.at
                  part
                  "identity-type"
                  $"An identity column is smallint, integer or bigint, not {ColumnType.describe column.Type}."
                  "Change the type, or use a default."

          if column.Nullable then
              Fault.at part "identity-nullable" "An identity column cannot be nullable." "Leave out Column.optional."

          if column.Default.IsSome then
              Fault.at
                  part
                  "identity-default"
                  "An identity column cannot have a default as well."
                  "Leave one of them out."

          if column.Generated.IsSome then
              Fault.at
                  part
                  "identity-generated"
                  "An identity column cannot be generated as well."
                  "Leave one of them out." ]

    let private generated part (schema: Schema) (table: Table) (column: ColumnDef) (value: Generated) =
        let others = table.Columns |> List.map _.Name
        let isGenerated name = table.Columns |> List.exists (fun c -> c.Name = name && c.Generated.IsSome)

        [ if column.Default.IsSome then
              Fault.at part "generated-default" "A generated column cannot have a default." "Leave one of them out."

          yield! Texts.check part "The generated column" (Texts.Tables.Forbidden schema) others value.Expression

          for name in SqlText.columns value.Expression do
              if isGenerated name then
                  Fault.at
                      part
                      "generated-on-generated"
                      $"It is computed from '{name}', which is itself generated; PostgreSQL refuses that."
                      "Repeat the other column's expression." ]

    let private column (schema: Schema) (table: Table) (column: ColumnDef) =
        let part = PartId.Column(table.Name, column.Name)

        [ for problem in typeProblems column.Type do
              Fault.at part "invalid-type" $"The type {ColumnType.describe column.Type} {problem}." "Change the type."

          match ColumnType.enumName column.Type with
          | Some name when (Schema.tryEnum name schema).IsNone ->
              let known = schema.Enums |> List.map (fun enum -> string enum.Name)

              Fault.at
                  part
                  "undeclared-enum"
                  $"The enum '{name}' is not declared in the schema."
                  $"Declare it with Schema.withEnums. {Fault.suggest known (string name)}"
          | Some _
          | None -> ()

          match column.Collation with
          | Some name ->
              for problem in Option.toList (collationProblem name) do
                  Fault.at
                      part
                      "invalid-collation"
                      $"The collation '{name}' {problem}."
                      "Name a collation, or leave it out."

              if not (isCollatable column.Type) then
                  Fault.at
                      part
                      "invalid-collation"
                      $"A collation orders text, but the type is {ColumnType.describe column.Type}."
                      "Leave the collation out."
          | None -> ()

          if column.Comment |> Option.exists (fun comment -> comment.Contains '\000') then
              Fault.at part "invalid-comment" "The comment holds the character NUL." "Leave it out."

          if column.Identity.IsSome then
              yield! identity part column

          for value in Option.toList column.Generated do
              yield! generated part schema table column value

          for value in Option.toList column.Default do
              yield! columnDefault schema part column value ]

    let private enum (enum: EnumType) =
        let part = PartId.Enum enum.Name

        [ if enum.Values.IsEmpty then
              Fault.at part "empty-enum" "The enum has no values." "Give it at least one."

          for value in Fault.repeated enum.Values do
              Fault.at
                  part
                  "duplicate-enum-value"
                  $"The value '{value}' is declared more than once."
                  "Keep one of them."

          for value in List.distinct enum.Values do
              let bytes = Identifier.byteLength value

              if bytes = 0 || bytes > Identifier.maxBytes || value |> Seq.exists Char.IsControl then
                  Fault.at
                      part
                      "invalid-enum-value"
                      $"The value '{value}' is {bytes} bytes long or holds a control character."
                      $"Use 1 to {Identifier.maxBytes} bytes of plain text." ]

    let schema (schema: Schema) : SchemaError list =
        [ for definition in schema.Enums do
              yield! enum definition
          for table in schema.Tables do
              let part = PartId.Table table.Name

              if table.Columns.IsEmpty then
                  Fault.at part "no-columns" "The table has no columns." "Give it at least one."

              if table.Columns.Length > 1600 then
                  Fault.at
                      part
                      "too-many-columns"
                      $"The table has {table.Columns.Length} columns; PostgreSQL allows 1600."
                      "Split the table."

              if table.Comment |> Option.exists (fun comment -> comment.Contains '\000') then
                  Fault.at part "invalid-comment" "The comment holds the character NUL." "Leave it out."

              for definition in table.Columns do
                  yield! column schema table definition

              for check in table.Checks do
                  let part = PartId.Check(table.Name, check.Name)
                  let known = table.Columns |> List.map _.Name
                  yield! Texts.check part "The check" (Texts.Tables.Forbidden schema) known check.Expression
                  yield! Texts.onlyOn part check.OnlyOn ]
