namespace SchemaToolkit.Tests.PostgresObjects.Random

/// Pieces of SQL that several kinds share.
[<RequireQualifiedAccess>]
module Text =
    let ident = Scope.ident

    let join (pieces: string list) = String.concat ", " pieces

    let columnNames (columns: Column list) = columns |> List.map (fun c -> ident c.Name) |> join

    let private scalar model item = Scope.reference [ ItemKind.Scalar ] "fn" model item

    /// A call of the item's function on the column, an integer.
    let call (model: Model) (item: Item) (column: Column) =
        scalar model item
        |> Option.map (fun f ->
            let argument =
                match column.Ty.Family with
                | Family.Int
                | Family.Num -> $"{ident column.Name}::integer"
                | Family.Str -> $"length({ident column.Name})"
                | Family.Array _ -> $"cardinality({ident column.Name})"
                | _ -> "1"

            $"{Scope.qualified model f}({argument})")

    /// A condition on the column, by the item's `predicate` and its function.
    let predicate (model: Model) (item: Item) (column: Column) =
        match call model item column with
        | Some call -> $"""{call} < {1000 + Item.get "predicate" item}"""
        | None -> Ty.predicate (Item.get "predicate" item) (ident column.Name) column.Ty.Family

    /// What the item computes of the column, and its type.
    let expression (model: Model) (item: Item) (column: Column) =
        match call model item column with
        | Some call -> call, Ty.integer
        | None -> Ty.expression (1 + Item.get "predicate" item) (ident column.Name) column.Ty

    let options (pairs: (string * string) list) = pairs |> List.map (fun (name, value) -> $"{name}={value}") |> join

    /// The sequence options of an identity column or a sequence.
    let sequenceOptions (item: Item) =
        [ match Item.get "increment" item with
          | 0 -> ()
          | 1 -> "INCREMENT BY 2"
          | 2 -> "INCREMENT BY -1"
          | k -> $"INCREMENT BY {k * 5}"
          match Item.get "start" item with
          | 0 -> ()
          | k when Item.get "increment" item = 2 -> $"MAXVALUE {k * 100} START WITH {k * 10}"
          | k -> $"MINVALUE {k} MAXVALUE {k * 100} START WITH {k * 10}"
          if Item.has "cache" item then
              $"""CACHE {Item.get "cache" item * 3}"""
          if Item.has "cycle" item then
              "CYCLE" ]
        |> String.concat " "

    let body (text: string) = $"$body${text}$body$"
