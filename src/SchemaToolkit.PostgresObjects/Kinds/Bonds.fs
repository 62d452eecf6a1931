namespace SchemaToolkit.PostgresObjects

open System.Runtime.CompilerServices

/// Where a table has columns and checks from: parents, a partitioned table, a type.
[<RequireQualifiedAccess>]
module Bonds =
    /// Of an inheriting table: the object that says so. A typed table's has no part.
    let inheritance (child: Address) (parent: Address) =
        let part = if parent.Kind = Kind.Composite then "" else Words.plain parent
        Address.part Kind.Inheritance child.Schema child.Name part

    /// Whether a bond is there before and after, untouched.
    let private stays (context: Context) (bond: Address) =
        context.To.Objects.ContainsKey bond
        && not (context.Creating.Contains bond)
        && not (context.Dropping.Contains bond)

    let private parents (database: PgDatabase) (table: Address) =
        match database.Objects.TryFind table with
        | Some { Facts = Facts.Table facts } -> facts.Inherits
        | Some _
        | None -> []

    let private isTyped (database: PgDatabase) (table: Address) =
        match database.Objects.TryFind table with
        | Some { Facts = Facts.Table facts } -> facts.OfType.IsSome
        | Some _
        | None -> false

    /// Parents that the table has before and after.
    let staying (context: Context) (table: Address) : Address list =
        parents context.To table |> List.filter (fun parent -> stays context (inheritance table parent))

    /// A part of the same name of a parent.
    let private ofParent (part: Address) (parent: Address) = { part with Schema = parent.Schema; Name = parent.Name }

    let private bound (context: Context) (table: Address) (part: Address) (isThere: Address -> bool) =
        Words.staysPartition context table
        || isTyped context.To table && stays context (Address.part Kind.Inheritance table.Schema table.Name "")
        || staying context table |> List.exists (ofParent part >> isThere)

    /// Whether the table stays bound to something that has a column or a check of the same name, which the engine then
    /// passes on when it is made.
    let givesNew (context: Context) (table: Address) (part: Address) =
        bound context table part context.To.Objects.ContainsKey

    /// The same for what goes.
    let givesOld (context: Context) (table: Address) (part: Address) =
        bound context table part context.From.Objects.ContainsKey

    /// The same for what changes where it stands.
    let gives (context: Context) (table: Address) (part: Address) =
        bound context table part (fun above ->
            context.From.Objects.ContainsKey above
            && context.To.Objects.ContainsKey above
            && not (context.Dropping.Contains above))

    /// The same column in what the table has it from.
    let above (database: PgDatabase) (column: Address) : Address list =
        let table =
            [ Kind.Table; Kind.ForeignTable ]
            |> List.tryPick (fun kind -> database.Objects.TryFind { column with Kind = kind; Part = "" })

        match table with
        | None -> []
        | Some table ->
            [ yield! parents database table.Address |> List.map (ofParent column)
              match database.Objects.TryFind { column with Kind = Kind.Attachment; Part = "" } with
              | Some { Facts = Facts.Attachment(parent, bound) } when bound <> "" -> ofParent column parent
              | Some _
              | None -> ()
              match database.Objects.TryFind(Address.part Kind.Inheritance column.Schema column.Name "") with
              | Some { Facts = Facts.Inheritance(composite, _) } ->
                  composite
                  { ofParent column composite with Kind = Kind.Attribute }
              | Some _
              | None -> () ]
            |> List.filter database.Objects.ContainsKey

    /// All that passes changes on to a column, however far up.
    let rec allAbove (database: PgDatabase) (column: Address) : Address list =
        above database column
        |> List.collect (fun a -> a :: (if a.Kind = column.Kind then allAbove database a else []))

    /// The columns that a new one comes with, however far up: those of parents that the table has before and after.
    let rec givers (context: Context) (column: PgObject) : PgObject list =
        let table = Option.get column.Parent
        let parents = staying context table

        Words.inheritedFrom context.To column
        |> List.filter (fun above ->
            Words.staysPartition context table || List.contains (Option.get above.Parent) parents)
        |> List.collect (fun above ->
            match givers context above with
            | [] -> [ above ]
            | further -> further)

    /// Tables that inherit, by their parents; collected once for a database.
    let private heirs = ConditionalWeakTable<PgDatabase, Map<Address, Address list>>()

    let private findHeirs (database: PgDatabase) =
        [ for object in database.Objects.Every do
              match object.Facts with
              | Facts.Table facts ->
                  for parent in facts.Inherits do
                      parent, object.Address
              | _ -> () ]
        |> List.groupBy fst
        |> List.map (fun (parent, pairs) -> parent, List.map snd pairs)
        |> Map.ofList

    /// Whether a table below keeps a column that goes from this one: the engine must not take it away there.
    let rec isKeptBelow (context: Context) (column: Address) : bool =
        heirs.GetValue(context.From, findHeirs).TryFind(Address.tableOf column)
        |> Option.defaultValue []
        |> List.filter (fun heir -> List.contains (Address.tableOf column) (staying context heir))
        |> List.map (fun heir -> ofParent column heir)
        |> List.exists (fun below ->
            context.From.Objects.ContainsKey below
            && (context.To.Objects.ContainsKey below && not (context.Dropping.Contains below)
                || isKeptBelow context below))

    /// Whether a column that goes is left behind by a parent's, which goes without those below it.
    let isLeftBehind (context: Context) (column: Address) : bool =
        staying context (Address.tableOf column)
        |> List.exists (fun parent ->
            let above = ofParent column parent
            context.Dropping.Contains above && isKeptBelow context above)

    /// All columns or checks that have theirs from one, those above first.
    let allBelow (database: PgDatabase) (part: Address) : Address list =
        let inherits (object: PgObject) =
            match object.Facts with
            | Facts.Column facts -> facts.InheritCount > 0 || facts.WithTable
            | Facts.Constraint facts -> facts.Type = "c" && facts.InheritCount > 0
            | _ -> false

        [ for KeyValue(address, object) in database.Objects do
              if address.Kind = part.Kind && address.Part = part.Part && inherits object then
                  let above = allAbove database address

                  if List.contains part above then
                      above.Length, address ]
        |> List.sort
        |> List.map snd

    /// Children that have a column or a check already keep it as their own when the parent gets it, wanted or not.
    let mergedInto (context: Context) (part: Address) : (Address * string) list =
        let table = Address.tableOf part

        [ for below in (if context.Creating.Contains table then [] else allBelow context.To part) do
              match context.To.Objects[below].Facts with
              | Facts.Column { IsLocal = false; WithTable = false }
              | Facts.Constraint { IsLocal = false; OfPartition = false } when not (context.Creating.Contains below) ->
                  Option.get context.To.Objects[below].Parent, below.Part
              | _ -> () ]
