namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text.RegularExpressions

/// Names that a query gives the columns of a row by their places: `items() i(id, name)`. In a table that got a column where the
/// wanted one has it in the middle, the places are others.
[<RequireQualifiedAccess>]
module internal RowAliases =
    let private names (database: PgDatabase) (table: Address) : string list =
        database.ColumnsOf.TryFind table
        |> Option.defaultValue []
        |> List.choose (fun column ->
            match column.Facts with
            | Facts.Column facts -> Some(facts.Position, column.Address.Part)
            | _ -> None)
        |> List.sort
        |> List.map snd

    /// Where each column that stands at a place has its place in the wanted table; None where all stand as wanted.
    let private places (context: Context) (table: Address) : int list option =
        let wanted = names context.To table

        let stays (name: string) =
            List.contains name wanted
            && not (context.Dropping.Contains(Address.part Kind.Column table.Schema table.Name name))

        if context.Creating.Contains table || not (context.From.Objects.ContainsKey table) then
            None
        else
            let there = names context.From table |> List.filter stays

            match there @ List.except there wanted with
            | order when order = wanted -> None
            | order -> order |> List.map (fun name -> List.findIndex ((=) name) wanted) |> Some

    /// The tables and views whose rows a function returns.
    let private returned (database: PgDatabase) (routine: Address) : Address list =
        match routine.Kind, database.Objects.TryFind routine |> Option.map _.Facts with
        | Kind.Function, Some(Facts.Routine facts) ->
            let result = (facts.Signature.Split " | ")[0]
            let result = result.Replace("SETOF ", "").Replace("\"", "")

            [ for relation in Words.needs database routine do
                  match relation.Kind with
                  | Kind.Table
                  | Kind.View
                  | Kind.MaterializedView when result = Words.plain relation -> relation
                  | _ -> () ]
        | _ -> []

    /// What a query calls rows of a table: the table itself, and functions that return them.
    let private sources (context: Context) (user: PgObject) : (Address * Address) list =
        [ for used in Words.needs context.To user.Address do
              if used.Kind = Kind.Table then
                  used, used

              for relation in returned context.To used do
                  if relation.Kind = Kind.Table then
                      used, relation ]

    /// Columns of the rows that functions return where a view names them all, though the catalog knows only of those
    /// that it uses.
    let named (database: PgDatabase) (user: Address) : Set<Address> =
        match user.Kind with
        | Kind.View
        | Kind.MaterializedView ->
            [ for used in Words.needs database user do
                  for relation in returned database used do
                      if relation <> user then
                          for column in database.ColumnsOf.TryFind relation |> Option.defaultValue [] do
                              column.Address ]
            |> Set.ofList
        | _ -> Set.empty

    let private name = @"(?:""(?:[^""]|"""")*""|[\w$]+)"

    let private aliases =
        Regex($@"\G(?: WITH ORDINALITY)? {name}\((?<list>{name}(?:, {name})*)\)", RegexOptions.ExplicitCapture)

    /// Behind the parenthesis that closes the one at a place.
    let private behind (sql: string) start =
        match Brackets.closing sql start with
        | -1 -> sql.Length
        | stop -> stop + 1

    /// As the engine writes it, quoted only where it must be.
    let private written (address: Address) =
        let part (text: string) = Regex.Escape(Quote.name text).Replace("\"", "\"?")
        Regex($@"(?<![\w$."".]){part address.Schema}\.{part address.Name}(?![\w$])")

    let private moved (places: int list) (list: string) : string =
        let found = [ for item in Regex.Matches(list, name) -> item.Value ]

        if found.Length < places.Length then
            list
        else
            let rest = List.skip places.Length found
            (places |> List.map (fun place -> found[place])) @ rest |> String.concat ", "

    let private movedIn (isFunction: bool) (source: Regex) (places: int list) (sql: string) : string =
        let edits = List<struct (int * int * string)>()

        for found in source.Matches sql do
            let stop = found.Index + found.Length

            let stop =
                if isFunction && stop < sql.Length && sql[stop] = '(' then
                    behind sql stop
                else
                    stop

            match aliases.Match(sql, stop) with
            | alias when alias.Success ->
                let list = alias.Groups["list"]
                edits.Add(struct (list.Index, list.Length, moved places list.Value))
            | _ -> ()

        (edits, sql)
        ||> Seq.foldBack (fun struct (start, length, text) sql -> sql.Remove(start, length).Insert(start, text))

    /// The query as it has to read where columns of tables stand in other places than in the wanted database.
    let text (context: Context) (user: PgObject) (sql: string) : string =
        (sql, sources context user)
        ||> List.fold (fun sql (source, table) ->
            match places context table with
            | Some places -> movedIn (source.Kind = Kind.Function) (written source) places sql
            | None -> sql)

    let private isOfQuery (kind: Kind) =
        match kind with
        | Kind.View
        | Kind.MaterializedView
        | Kind.Function
        | Kind.Procedure
        | Kind.Rule
        | Kind.Policy -> true
        | _ -> false

    /// Those that call functions which return rows of a table one of whose columns goes and comes back: the engine leaves
    /// its name out of what it had noted of such a row.
    let leftBehind (context: Context) : Set<Address> =
        let remade =
            [ for address in context.Dropping do
                  if address.Kind = Kind.Column && context.Creating.Contains address then
                      let table = Address.tableOf address

                      if not (context.Dropping.Contains table) then
                          table ]
            |> Set.ofList

        let calls (user: PgObject) =
            sources context user
            |> List.exists (fun (source, table) -> source.Kind = Kind.Function && remade.Contains table)

        if remade.IsEmpty then
            Set.empty
        else
            [ for object in context.To.Objects.Every do
                  if
                      isOfQuery object.Address.Kind && context.From.Objects.ContainsKey object.Address && calls object
                  then
                      object.Address ]
            |> Set.ofList
