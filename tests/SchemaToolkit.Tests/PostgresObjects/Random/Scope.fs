namespace SchemaToolkit.Tests.PostgresObjects.Random

/// A column as those see it who use it. Its number is that of the item it comes from.
type Column = { Id: int; Name: string; Ty: Ty }

/// What drawing an item gives.
type Drawn =
    {
        Sql: string list
        /// Statements that come when all objects stand.
        Late: string list
        /// What COMMENT ON and ALTER … OWNER TO call it; each None where there is no such thing.
        Comment: string option
        Owner: string option
        /// What GRANT calls it, and the privileges there are.
        Grant: (string * string list) option
        /// Items to be drawn before it, beyond those that it refers to.
        After: int list
    }

/// Names, columns and references within one model. An item whose references do not lead anywhere is not drawn.
[<RequireQualifiedAccess>]
module Scope =
    let nothing = { Sql = []; Late = []; Comment = None; Owner = None; Grant = None; After = [] }

    let private plain = System.Text.RegularExpressions.Regex "^[a-z_][a-z0-9_]*$"

    let ident (name: string) = if plain.IsMatch name then name else "\"" + name.Replace("\"", "\"\"") + "\""

    let private prefix kind =
        match kind with
        | ItemKind.Schema -> "s"
        | ItemKind.Collation -> "coll"
        | ItemKind.Enum -> "en"
        | ItemKind.Domain -> "dom"
        | ItemKind.Composite -> "comp"
        | ItemKind.RangeType -> "rng"
        | ItemKind.Sequence -> "seq"
        | ItemKind.Scalar
        | ItemKind.Rows
        | ItemKind.TriggerFunction -> "f"
        | ItemKind.Table
        | ItemKind.Partitioned
        | ItemKind.Partition
        | ItemKind.Child
        | ItemKind.Typed
        | ItemKind.ForeignTable
        | ItemKind.View
        | ItemKind.MatView -> "t"
        | ItemKind.Column -> "c"
        | ItemKind.Override -> "over"
        | ItemKind.Primary
        | ItemKind.Unique
        | ItemKind.Foreign
        | ItemKind.Check
        | ItemKind.Exclusion -> "k"
        | ItemKind.Index -> "i"
        | ItemKind.Procedure -> "p"
        | ItemKind.Aggregate -> "agg"
        | ItemKind.Operator -> "op"
        | ItemKind.Cast -> "cast"
        | ItemKind.Trigger
        | ItemKind.EventTrigger -> "tr"
        | ItemKind.Rule -> "r"
        | ItemKind.Policy -> "pol"
        | ItemKind.Statistics -> "st"
        | ItemKind.Publication -> "pub"
        | ItemKind.TextSearch -> "ts"
        | ItemKind.DefaultPrivileges -> "dp"
        | ItemKind.BaseType -> "base"
        | ItemKind.Server -> "srv"
        | ItemKind.Subscription -> "sub"
        | ItemKind.Language -> "lang"
        | ItemKind.Conversion -> "conv"
        | ItemKind.OperatorFamily -> "fam"

    /// Some names need quotes.
    let bareName (item: Item) =
        let n = if Item.has "name" item then Item.get "name" item else item.Id
        let text = $"{prefix item.Kind}{n}"
        if n % 13 = 7 then $"{text} É\"x" else text

    let name (item: Item) = ident (bareName item)

    let find (kinds: ItemKind list) id (model: Model) =
        Model.find id model |> Option.filter (fun item -> List.contains item.Kind kinds)

    let reference kinds choice (model: Model) (item: Item) = find kinds (Item.get choice item) model

    let schema (model: Model) (item: Item) =
        match reference [ ItemKind.Schema ] "schema" model item with
        | Some schema -> name schema
        | None -> "public"

    let qualified model item = $"{schema model item}.{name item}"

    let enumValues (item: Item) =
        match Item.get "values" item % 8 with
        | 0 -> [ "a"; "b"; "c" ]
        | 1 -> [ "a"; "b"; "c"; "d" ]
        | 2 -> [ "z"; "a"; "b"; "y"; "c" ]
        | 3 -> [ "b"; "c" ]
        | 4 -> [ "c"; "b"; "a" ]
        | 5 -> [ "a"; "it's"; "c" ]
        | 6 -> [ "a"; "x"; "b"; "w"; "v"; "c" ]
        | _ -> [ "a" ]

    /// The type that `type`, `typeref` and `array` choose.
    let rec ty (model: Model) (item: Item) : Ty =
        let found =
            match
                reference
                    [ ItemKind.Enum; ItemKind.Domain; ItemKind.Composite; ItemKind.RangeType; ItemKind.BaseType ]
                    "typeref"
                    model
                    item
            with
            | None -> Ty.builtIn[Item.get "type" item % Ty.builtIn.Length]
            | Some used ->
                let family =
                    match used.Kind with
                    | ItemKind.Enum -> Family.Enum(enumValues used)
                    | ItemKind.Domain -> (ty model used).Family
                    | _ -> Family.Other

                { Sql = qualified model used
                  Family = family
                  Ordered =
                    (used.Kind <> ItemKind.Composite
                     && used.Kind <> ItemKind.BaseType
                     && (used.Kind <> ItemKind.Domain || (ty model used).Ordered)) }

        if Item.has "array" item && not (found.Sql.EndsWith("]", System.StringComparison.Ordinal)) then
            { found with Sql = found.Sql + "[]"; Family = Family.Array found.Family }
        else
            found

    /// `Other` where the value itself is not to be looked at, such as a domain over an array's elements.
    let attributes (model: Model) (composite: Item) =
        [ for i in 1..4 do
              let kind = Item.get $"a{i}" composite

              if kind > 0 || i = 1 then
                  let text, found =
                      match i, reference [ ItemKind.Enum; ItemKind.Domain ] "typeref" model composite with
                      | 2, Some used ->
                          qualified model used, ty model { composite with Choices = composite.Choices.Add("array", 0) }
                      | _ ->
                          let builtIn = Ty.builtIn[kind % Ty.builtIn.Length]
                          builtIn.Sql, builtIn

                  { Id = -(composite.Id * 10 + i)
                    Name = $"a{i}"
                    Ty = { found with Sql = text } } ]

    /// Whether a set-returning function gives rows of its relation. Their columns are known by position alone, and positions
    /// may differ: PostgreSQL adds columns at the end.
    let returnsRow (rows: Item) = not (Item.has "result" rows) && Item.get "language" rows < 2

    let own (model: Model) (table: Item) =
        Model.ofKind ItemKind.Column model |> List.filter (fun c -> Item.get "table" c = table.Id)

    /// What a view computes, beyond the columns it passes on.
    let private computed (k: int) (columns: Column list) =
        columns |> List.tryHead |> Option.map (fun c -> Ty.expression k (ident c.Name) c.Ty)

    /// Of tables and what is like them; views' columns are those of their sources, some left out.
    let rec columns (model: Model) (relation: Item) : Column list =
        let ownColumns () = [ for c in own model relation -> { Id = c.Id; Name = bareName c; Ty = ty model c } ]

        let of' choice kinds =
            match reference kinds choice model relation with
            | Some other when other.Id <> relation.Id -> columns model other
            | Some _
            | None -> []

        match relation.Kind with
        | ItemKind.Table
        | ItemKind.Partitioned
        | ItemKind.ForeignTable -> ownColumns ()
        | ItemKind.Partition -> of' "parent" [ ItemKind.Partitioned; ItemKind.Partition ]
        | ItemKind.Child -> of' "parent" [ ItemKind.Table; ItemKind.Child ] @ ownColumns ()
        | ItemKind.Typed ->
            match reference [ ItemKind.Composite ] "composite" model relation with
            | Some composite -> attributes model composite
            | None -> []
        | ItemKind.View
        | ItemKind.MatView ->
            let source = of' "from" (Model.relations @ [ ItemKind.Rows ])
            let chosen = passed relation source

            match Item.get "compute" relation, computed (Item.get "compute" relation) source with
            | 0, _
            | _, None -> chosen
            | _, Some(_, ty) -> chosen @ [ { Id = relation.Id; Name = $"e{relation.Id}"; Ty = ty } ]
        | ItemKind.Rows -> of' "from" Model.relations
        | _ -> []

    /// The columns that a view passes on.
    and passed (view: Item) (source: Column list) =
        match Item.get "columns" view with
        | 0 -> source
        | k ->
            let some = source |> List.indexed |> List.filter (fun (i, _) -> (i + k) % 3 <> 0) |> List.map snd
            if some.IsEmpty then source else some

    let computedSql (view: Item) (source: Column list) =
        match Item.get "compute" view with
        | 0 -> None
        | k -> computed k source |> Option.map fst

    let column choice (model: Model) (relation: Item) (item: Item) =
        columns model relation |> List.tryFind (fun c -> c.Id = Item.get choice item)
