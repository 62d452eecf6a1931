namespace SchemaToolkit

open System

/// Pictures of a schema as text.
[<RequireQualifiedAccess>]
module Diagram =
    /// Mermaid reads letters, digits, '_', '-', brackets and parentheses in types and attributes.
    let private word (text: string) =
        text |> String.map (fun c -> if Char.IsLetterOrDigit c || "_-()[]".Contains c then c else '_')

    let private quoted (text: string) =
        let plain =
            text
            |> String.map (fun c ->
                if c = '"' then '\''
                elif Char.IsControl c then ' '
                else c)

        $"\"{plain}\""

    let private isUnique (table: Table) (columns: string list) =
        let key = set columns

        table.PrimaryKey |> Option.exists (fun pk -> set pk.Columns = key)
        || table.Uniques |> List.exists (fun unique -> set unique.Columns = key)

    let private attribute (table: Table) (column: ColumnDef) =
        let keys =
            [ if table.PrimaryKey |> Option.exists (fun key -> List.contains column.Name key.Columns) then
                  "PK"
              if table.ForeignKeys |> List.exists (fun fk -> List.contains column.Name fk.Columns) then
                  "FK"
              if table.Uniques |> List.exists (fun unique -> unique.Columns = [ column.Name ]) then
                  "UK" ]

        [ word (ColumnType.describe column.Type)
          word column.Name
          if not keys.IsEmpty then
              String.concat ", " keys
          if column.Nullable then
              quoted "nullable" ]
        |> String.concat " "

    /// The near side of a foreign key has many rows, or at most one where its columns are unique.
    let private relation (table: Table) (fk: ForeignKey) =
        let isOptional =
            fk.Columns |> List.choose (fun name -> Table.tryColumn name table) |> List.exists _.Nullable

        let far = if isOptional then "|o" else "||"
        let near = if isUnique table fk.Columns then "o|" else "o{"
        $"    {quoted (string fk.Target)} {far}--{near} {quoted (string table.Name)} : {quoted fk.Name}"

    /// A Mermaid `erDiagram` of the tables, their columns and foreign keys, in order of names.
    let mermaid (schema: Schema) : string =
        let tables = (Canonical.normalise schema).Tables

        [ "erDiagram"
          for table in tables do
              $"    {quoted (string table.Name)} {{"

              for column in table.Columns do
                  $"        {attribute table column}"

              "    }"
          for table in tables do
              for fk in table.ForeignKeys do
                  relation table fk ]
        |> List.map (fun line -> line + "\n")
        |> String.concat ""
