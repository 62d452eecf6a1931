namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// A table while its parts are read.
[<Sealed; AllowNullLiteral>]
type internal TableBeingRead(row: PlainRow.Relation, schema: string, isOwn: bool) =
    let kind = if row.Kind = 'f' then Kind.ForeignTable else Kind.Table
    let address = Address.create kind schema row.Name

    member _.Row = row
    member _.Schema = schema
    /// In a schema of somebody's own, and no member of an extension.
    member _.IsOwn = isOwn
    member _.Address = address
    member val Parent = Some address
    member val Alone = [ address ]
    /// By number.
    member val Columns = Dictionary<int, PlainRow.Column>()

/// What `pg_get_constraintdef` and `pg_get_indexdef` print of plain constraints and indexes, with an empty search path.
/// None where only the server knows.
[<Sealed>]
type internal PlainText(rows: PlainRow.All, tables: Dictionary<uint32, TableBeingRead>) =
    let quoted = Dictionary<string, string>()

    /// `varchar` has no operator classes of its own and takes those of `text`.
    let varchar, text = 1043u, 25u

    /// Unqualified names are those of `pg_catalog`.
    let pgCatalog = 11u

    let isSafe (name: string) =
        let isLetter c = c >= 'a' && c <= 'z' || c = '_'

        name <> ""
        && isLetter name[0]
        && String.forall (fun c -> isLetter c || c >= '0' && c <= '9') name
        && not (rows.Keywords.Contains name)

    let quote (name: string) =
        match quoted.TryGetValue name with
        | true, found -> found
        | false, _ ->
            let text = if isSafe name then name else Quote.name name
            quoted[name] <- text
            text

    let column (table: TableBeingRead) (number: int) =
        match table.Columns.TryGetValue number with
        | true, found -> Some found
        | false, _ -> None

    let all (items: 'T option array) =
        if Array.forall Option.isSome items then
            Some(Array.map Option.get items)
        else
            None

    let columns (table: TableBeingRead) (numbers: int array) =
        numbers
        |> Array.map (column table >> Option.map (fun c -> quote c.Name))
        |> all
        |> Option.map (fun names -> System.String.Join(", ", names))

    let relation (table: TableBeingRead) =
        if table.Row.Namespace = pgCatalog then
            None
        else
            Some(quote table.Schema + "." + quote table.Row.Name)

    let action (event: string) (letter: char) =
        match letter with
        | 'a' -> Some ""
        | 'r' -> Some $" ON {event} RESTRICT"
        | 'c' -> Some $" ON {event} CASCADE"
        | 'n' -> Some $" ON {event} SET NULL"
        | 'd' -> Some $" ON {event} SET DEFAULT"
        | _ -> None

    let foreignKey (table: TableBeingRead) (row: PlainRow.Constraint) =
        match tables.TryGetValue row.Referenced with
        | true, referenced ->
            let matching =
                if row.Match = 's' then Some ""
                elif row.Match = 'f' then Some " MATCH FULL"
                else None

            match
                columns table row.Columns,
                relation referenced,
                columns referenced row.ReferencedColumns,
                matching,
                action "UPDATE" row.OnUpdate,
                action "DELETE" row.OnDelete
            with
            | Some own, Some name, Some theirs, Some matching, Some update, Some delete ->
                Some(
                    System.String.Concat(
                        [| "FOREIGN KEY ("; own; ") REFERENCES "; name; "("; theirs; ")"; matching; update; delete |]
                    )
                )
            | _ -> None
        | false, _ -> None

    let key (word: string) (table: TableBeingRead) (row: PlainRow.Constraint) =
        match rows.Indexes.TryGetValue row.Index, rows.Relations.TryGetValue row.Index with
        | (true, index), (true, relation) when index.IsPlain && relation.IsPlain ->
            columns table row.Columns |> Option.map (fun names -> word + " (" + names + ")")
        | _ -> None

    let isDefaultClass (type': uint32) (opclass: uint32) =
        // Those of the server take no parameters.
        opclass < uint32 Asked.firstOwn
        && match rows.DefaultClasses.TryGetValue type' with
           | true, found -> found = opclass
           | false, _ -> type' = varchar && rows.DefaultClasses[text] = opclass

    let order (option: int) =
        match option with
        | 0 -> ""
        // DESC NULLS FIRST, which is what DESC says.
        | 3 -> " DESC"
        | 1 -> " DESC NULLS LAST"
        | _ -> " NULLS FIRST"

    let indexed (table: TableBeingRead) (row: PlainRow.Index) i =
        match column table row.Columns[i] with
        | Some column when
            (row.Collations[i] = 0u || row.Collations[i] = column.Collation)
            && isDefaultClass column.Type row.Classes[i]
            ->
            Some(quote column.Name + order row.Options[i])
        | Some _
        | None -> None

    let expression (table: TableBeingRead) (tree: string) =
        NodeTree.tryParse tree
        |> Option.bind (
            PlainExpression.tryPrint rows.Operators (column table >> Option.map (fun found -> quote found.Name))
        )

    /// Of a constraint of a table.
    member _.Constraint(table: TableBeingRead, row: PlainRow.Constraint) : string option =
        if not row.IsPlain then
            None
        else
            match row.Type with
            | 'p' -> key "PRIMARY KEY" table row
            | 'u' -> key "UNIQUE" table row
            | 'f' -> foreignKey table row
            | 'c' -> expression table row.Expression |> Option.map (fun text -> "CHECK (" + text + ")")
            | _ -> None

    /// Of an index of a table.
    member _.Index(table: TableBeingRead, row: PlainRow.Index, index: PlainRow.Relation) : string option =
        if not (row.IsPlain && index.IsPlain && index.AccessMethod = PlainSql.btree) then
            None
        else
            let condition =
                if row.Predicate = "" then
                    Some ""
                else
                    expression table row.Predicate |> Option.map (fun text -> " WHERE " + text)

            match relation table, all (Array.init row.Columns.Length (indexed table row)), condition with
            | Some name, Some parts, Some condition ->
                let unique = if row.Unique then "UNIQUE " else ""

                Some(
                    System.String.Concat(
                        [| "CREATE "
                           unique
                           "INDEX "
                           quote index.Name
                           " ON "
                           name
                           " USING btree ("
                           System.String.Join(", ", parts)
                           ")"
                           condition |]
                    )
                )
            | _ -> None
