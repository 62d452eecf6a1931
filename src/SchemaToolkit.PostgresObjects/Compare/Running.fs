namespace SchemaToolkit.PostgresObjects

open System
open System.Collections.Generic
open System.Text.RegularExpressions

/// Statements that run functions of the database: an index over an expression, a check of rows, a new column's value.
/// A plan names everything in full under an empty search path, but a body that is kept as text is read when the function
/// runs, and may name its tables and functions without their schemas.
[<RequireQualifiedAccess>]
module internal Running =
    /// Found by name in a body: the objects that have the name, and operators by their signs.
    type private Names =
        {
            Named: Dictionary<string, List<Address>>
            Operators: Address list
            /// Where extensions have their members, whose names are not read.
            Extensions: string list
        }

    let private namesOf (database: PgDatabase) =
        let named = Dictionary<string, List<Address>>()
        let operators = List<Address>()
        let extensions = List<string>()

        for KeyValue(address, object) in database.Objects.Ordered do
            match address.Kind with
            | Kind.Operator -> operators.Add address
            | Kind.Extension ->
                match object.Facts with
                | Facts.Extension { Schema = schema } when schema <> "pg_catalog" -> extensions.Add schema
                | _ -> ()
            | Kind.Table
            | Kind.ForeignTable
            | Kind.View
            | Kind.MaterializedView
            | Kind.Sequence
            | Kind.Function
            | Kind.Procedure
            | Kind.Aggregate
            | Kind.Enum
            | Kind.Domain
            | Kind.Composite
            | Kind.Range
            | Kind.BaseType
            | Kind.Collation
            | Kind.TextSearchConfiguration
            | Kind.TextSearchDictionary ->
                match named.TryGetValue address.Name with
                | true, others -> others.Add address
                | false, _ -> named[address.Name] <- List [ address ]
            | _ -> ()

        { Named = named
          Operators = List.ofSeq operators
          Extensions = extensions |> Seq.distinct |> List.ofSeq }

    let private start = Regex @"\nAS (\$(?:function|procedure)x*\$)"

    /// The text of a body that is read under the search path of the moment.
    let private body (object: PgObject) =
        match object.Facts with
        | Facts.Routine facts ->
            let found = start.Match facts.Definition
            let head = if found.Success then facts.Definition.Substring(0, found.Index) else ""

            if found.Success && not (head.Contains("\n SET search_path TO ", StringComparison.Ordinal)) then
                let text = facts.Definition.Substring(found.Index + found.Length)
                // The closing mark would be read as the end of the last name.
                match text.LastIndexOf(found.Groups[1].Value, StringComparison.Ordinal) with
                | -1 -> Some text
                | close -> Some(text.Substring(0, close))
            else
                None
        | _ -> None

    /// Names without a schema before them.
    let private word = Regex @"(?<![\w$.""])(?:""((?:[^""]|"""")+)""|([A-Za-z_\u0080-\uffff][\w$]*))"

    let private mentioned (names: Names) (text: string) =
        [ for found in word.Matches text do
              let name =
                  if found.Groups[1].Success then
                      found.Groups[1].Value.Replace("\"\"", "\"")
                  else
                      found.Groups[2].Value.ToLowerInvariant()

              match names.Named.TryGetValue name with
              | true, addresses -> yield! addresses
              | false, _ -> ()
          for operator in names.Operators do
              if text.Contains(operator.Name, StringComparison.Ordinal) then
                  operator ]

    /// What is reached when an object is computed: not tables, whose rows are only read.
    let private isComputed (address: Address) =
        match address.Kind with
        | Kind.Function
        | Kind.Procedure
        | Kind.Aggregate
        | Kind.Operator
        | Kind.OperatorClass
        | Kind.OperatorFamily
        | Kind.Cast
        | Kind.Domain
        | Kind.DomainConstraint
        | Kind.Composite
        | Kind.Range
        | Kind.View
        | Kind.MaterializedView
        | Kind.Default -> true
        | _ -> false

    let private textOf (object: PgObject) =
        match object.Facts with
        | Facts.Index facts -> facts.Definition
        | Facts.Constraint facts -> facts.Definition
        | Facts.Default facts -> facts.Expression
        | Facts.Column { Generated = Some(_, expression) } -> expression
        | Facts.View facts -> facts.Definition
        | Facts.DomainConstraint facts -> facts.Definition
        | _ -> ""

    /// Schemas of an extension one of whose functions is called, and of the extensions that it needs.
    let rec private ofExtension (database: PgDatabase) (text: string) (address: Address) : string list =
        match database.Objects.TryFind address with
        | Some { Facts = Facts.Extension facts } ->
            let call = Regex.Escape(Quote.name facts.Schema).Replace("\"", "\"?") + @"\.""?\w+""?\("

            if text = "" || Regex.IsMatch(text, call) then
                facts.Schema
                :: [ for used in Words.needs database address do
                         if used.Kind = Kind.Extension then
                             yield! ofExtension database "" used ]
            else
                []
        | Some _
        | None -> []

    /// Where names are looked for when nothing else is said.
    let private usual = "public"

    /// The schemas in which the bodies that run when these objects are computed find what they name: those of the functions
    /// first, then the usual one. And whether any body runs at all.
    let private search (database: PgDatabase) (names: Lazy<Names>) (starts: Address list) : string list * bool =
        let seen = HashSet<Address>()
        let waiting = Queue<Address>()
        let own = List<string>()
        let found = HashSet<string>()

        let enter address =
            if seen.Add address then
                waiting.Enqueue address

        List.iter enter starts

        while waiting.Count > 0 do
            let address = waiting.Dequeue()

            match database.Objects.TryFind address with
            | None -> ()
            | Some object ->
                for used in Words.needs database address do
                    if isComputed used then
                        enter used
                    elif used.Kind = Kind.Extension then
                        ofExtension database (textOf object) used |> List.iter (found.Add >> ignore)

                if address.Kind = Kind.Domain then
                    for part in Words.parts database address do
                        enter part.Address

                match body object with
                | Some text ->
                    own.Add address.Schema
                    names.Value.Extensions |> List.iter (found.Add >> ignore)

                    // Of objects that share a name, the one that the body most likely finds comes first.
                    let likely (named: Address) = named.Schema <> address.Schema, named.Schema <> usual

                    for named in mentioned names.Value text |> List.sortBy likely do
                        found.Add named.Schema |> ignore

                        if isComputed named then
                            enter named
                | None -> ()

        [ yield! own; usual; yield! Seq.sort found ] |> List.distinct |> List.filter found.Contains, own.Count > 0

    /// Those parts of a table that are computed again when it is rewritten or its rows are looked through.
    let private ofTable (database: PgDatabase) (table: Address) : Address list =
        [ table
          for part in Words.parts database table do
              match part.Address.Kind, part.Facts with
              | Kind.Index, _
              | Kind.Constraint, Facts.Constraint { Type = "c" | "x" } -> part.Address
              | Kind.Column, Facts.Column { Generated = Some _ } -> { part.Address with Kind = Kind.Default }
              | _ -> () ]

    let private computed (context: Context) (converted: Set<Address>) (step: PgStep) : Address list =
        let tableOf (object: PgObject) = object.Parent |> Option.map (ofTable context.To) |> Option.defaultValue []

        match step with
        | PgStep.Drop _
        | PgStep.Attributes _ -> []
        | PgStep.Create object ->
            match object.Address.Kind, object.Facts with
            | (Kind.Index | Kind.Constraint | Kind.MaterializedView | Kind.DomainConstraint), _ -> [ object.Address ]
            | Kind.Column, Facts.Column _ ->
                object.Address :: { object.Address with Kind = Kind.Default } :: tableOf object
            | (Kind.Table | Kind.ForeignTable), Facts.Table facts ->
                [ if facts.PartitionKey.IsSome then
                      object.Address
                  // The engine looks into functions to see whether they always give the same.
                  for part in Words.parts context.To object.Address do
                      match part.Facts with
                      | Facts.Column { Generated = Some _ } -> { part.Address with Kind = Kind.Default }
                      | _ -> () ]
            | Kind.Attachment, Facts.Attachment(parent, bound) when bound <> "" -> parent :: tableOf object
            | _ -> []
        | PgStep.MoveRows table -> ofTable context.To table.Address
        | PgStep.Alter(_, after) ->
            [ match after.Address.Kind with
              | Kind.Column -> yield! tableOf after
              | Kind.Table
              | Kind.ForeignTable -> yield! ofTable context.To after.Address
              | Kind.Constraint
              | Kind.DomainConstraint -> after.Address
              | _ -> ()
              for column in converted do
                  yield! ofTable context.To (Address.tableOf column) ]

    /// The search path under which a step has to run, empty for most, and whether it runs bodies at all.
    let path (context: Context) : Set<Address> -> PgStep -> string list * bool =
        let names = lazy (namesOf context.To)
        fun converted step -> search context.To names (computed context converted step)

    /// The search path of event triggers that stay awake: their functions run at every statement of a plan.
    let ofWatchers (context: Context) : string list =
        let isAwake (database: PgDatabase) address =
            database.Objects.TryFind address |> Option.exists (EventTriggers.isAsleep >> not)

        let watchers =
            [ for object in context.From.Objects.Every do
                  let address = object.Address

                  if
                      address.Kind = Kind.EventTrigger
                      && isAwake context.From address
                      && isAwake context.To address
                      && not (context.Dropping.Contains address)
                  then
                      address ]

        // A body that changes is read as it was until then.
        [ context.From; context.To ]
        |> List.collect (fun database -> search database (lazy (namesOf database)) watchers |> fst)
        |> List.distinct

    let private set (path: string list) =
        match path with
        | [] -> "SET search_path = ''"
        | schemas -> "SET search_path = " + (schemas |> List.map Quote.name |> String.concat ", ")

    /// Statements in order, each under its path and the one of watchers: it is empty before them and afterwards.
    let under (watchers: Lazy<string list>) (steps: (PgChange * string list) list) : PgChange list =
        let changes, path =
            ([], steps)
            ||> List.mapFold (fun current (change, path) ->
                let path = List.distinct (path @ watchers.Value)
                let sql = if path = current then change.Sql else set path :: change.Sql
                { change with Sql = sql }, path)

        match List.rev changes with
        | last :: earlier when not path.IsEmpty -> List.rev ({ last with Sql = last.Sql @ [ set [] ] } :: earlier)
        | _ -> changes
