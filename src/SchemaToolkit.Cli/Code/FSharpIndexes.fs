namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.FSharpText

/// Indexes in the words of `Index`.
[<RequireQualifiedAccess>]
module internal FSharpIndexes =
    let private part (columns: Map<string, string>) (part: IndexPart) =
        pipe
            (match part.Target with
             | IndexTarget.Column column when columns.ContainsKey column -> $"IndexPart.column {columns[column]}"
             | IndexTarget.Column column -> $"IndexPart.column (Column.text {q column})"
             | IndexTarget.Expression sql -> $"IndexPart.expressionPer {sqlText sql}")
            [ if part.Descending then
                  "IndexPart.descending"
              match part.Nulls with
              | NullsOrder.Default -> ()
              | NullsOrder.First -> "IndexPart.nullsFirst"
              | NullsOrder.Last -> "IndexPart.nullsLast"
              match part.OpClass with
              | Some name -> $"IndexPart.opClass {q name}"
              | None -> ()
              match part.Collation with
              | Some name -> $"IndexPart.collate {q name}"
              | None -> () ]

    let isPlain (columns: Map<string, string>) (part: IndexPart) =
        match part.Target with
        | IndexTarget.Column _ ->
            not part.Descending
            && part.Nulls = NullsOrder.Default
            && part.OpClass.IsNone
            && part.Collation.IsNone
        | IndexTarget.Expression _ -> false

    let columnOf (part: IndexPart) =
        match part.Target with
        | IndexTarget.Column column -> column
        | IndexTarget.Expression _ -> "expr"

    /// `keepName`: a view's index has no name to be derived from.
    let index (columns: Map<string, string>) (owner: string) (index: IndexDef) =
        let plain = index.Parts |> List.forall (isPlain columns)

        let first =
            if plain then
                $"Index.on {FSharpColumns.handles columns (index.Parts |> List.map columnOf)}"
            else
                CodeText.apply "Index.by" [ index.Parts |> List.map (part columns) |> list ]

        pipe
            first
            [ if index.Name <> Identifier.derive owner (List.map columnOf index.Parts) "idx" then
                  $"Index.named {q index.Name}"
              if index.Unique then
                  "Index.unique"
              if index.Method <> "btree" then
                  $"Index.using {q index.Method}"
              if not index.Include.IsEmpty then
                  $"Index.including {FSharpColumns.handles columns index.Include}"
              match index.Where with
              | Some sql -> CodeText.apply "Index.wherePer" [ sqlText sql ]
              | None -> ()
              if index.NullsNotDistinct then
                  "Index.nullsNotDistinct"
              for name, value in index.With do
                  $"Index.parameter {q name} {q value}"
              for engine in index.OnlyOn do
                  $"Index.onlyOn {q engine}" ]
