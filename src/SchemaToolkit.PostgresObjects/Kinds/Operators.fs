namespace SchemaToolkit.PostgresObjects

/// Operators. A commutator or negator is named on both sides by the engine itself, when one of the two names it.
[<RequireQualifiedAccess>]
module Operators =
    let private estimators = [ "RESTRICT"; "JOIN" ]
    let private flags = [ "HASHES"; "MERGES" ]
    let private partners = [ "COMMUTATOR", "commutator"; "NEGATOR", "negator" ]

    let private clause (object: PgObject) name =
        match Texts.field name object with
        | Some "" -> Some name
        | Some value -> Some $"{name} = {value}"
        | None -> None

    let private create (_: Context) (object: PgObject) =
        let clauses = List.map fst partners @ estimators @ flags |> List.choose (clause object)
        [ String.concat ", " ((Texts.facts object).Create @ clauses) + ")" ]

    /// The operator that is a partner, if it is not a shell.
    let partner (name: string) (object: PgObject) : Address option =
        Texts.field name object
        |> Option.bind (fun text ->
            match text.Split '\t' with
            | [| schema; name; operands |] -> Some(Address.signature Kind.Operator schema name operands)
            | _ -> None)

    /// A shell goes with the operator that it is there for.
    let private drop (_: Context) (object: PgObject) =
        [ $"DROP {Texts.designation object}"
          for shell in Texts.fieldsOf "shell" object |> List.map snd |> List.distinct do
              $"DROP OPERATOR IF EXISTS {shell}" ]

    /// Whether the engine changes the partner by itself: the old one goes, the new one comes and names this operator.
    let private changesItself (context: Context) (name: string) (before: PgObject) (after: PgObject) =
        let goes =
            match partner name before with
            | None -> true
            | Some old -> context.Dropping.Contains old

        let comes =
            match partner name after with
            | None -> true
            | Some other ->
                context.Creating.Contains other
                && (context.To.Objects.TryFind other |> Option.bind (partner name)) = Some after.Address

        goes && comes

    let private canBeSet = 170000

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        let differs name = Texts.field name before <> Texts.field name after

        let ofPartners =
            [ for word, name in partners do
                  if differs name && not (changesItself context name before after) then
                      word, Texts.field word before ]

        let ofFlags = flags |> List.filter differs |> List.map (fun flag -> flag, Texts.field flag before)
        let sets = ofPartners @ ofFlags

        if
            (Texts.facts before).Create <> (Texts.facts after).Create
            || sets |> List.exists (fun (_, old) -> old.IsSome)
            || not sets.IsEmpty && context.To.Version < canBeSet
        then
            Change.Replace
        else
            let clauses =
                [ for name in estimators do
                      if differs name then
                          clause after name |> Option.defaultValue $"{name} = NONE"
                  for name, _ in sets do
                      yield! Option.toList (clause after name) ]

            if clauses.IsEmpty then
                Change.Same
            else
                let list = String.concat ", " clauses
                Change.Alter [ $"ALTER {Texts.designation after} SET ({list})" ]

    let rules: KindRules = { Blank.rules Texts.designation create with Drop = drop; Change = change }

/// Operator families and their loose members.
[<RequireQualifiedAccess>]
module OperatorFamilies =
    let private number (name: string) = name.Substring(0, name.IndexOf '(')

    /// By strategy or support number, then in the order in which they came: so a dump shows them.
    let private inOrder (object: PgObject) (members: (string * string) list) =
        let order = (Texts.field "order" object |> Option.defaultValue "").Split '\n'

        members |> List.sortBy (fun (name, _) -> number name, System.Array.IndexOf(order, $"member {name}"))

    let private add (object: PgObject) (members: (string * string) list) =
        match inOrder object members with
        | [] -> []
        | members ->
            let list = members |> List.map snd |> String.concat ", "
            [ $"ALTER {Texts.designation object} ADD {list}" ]

    let private create (_: Context) (object: PgObject) =
        (Texts.facts object).Create @ add object (Texts.fieldsOf "member" object)

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a = Texts.fieldsOf "member" before |> inOrder before
        let b = Texts.fieldsOf "member" after |> inOrder after

        // What would stand at another place among those of its number goes and comes back.
        let moved =
            b
            |> List.groupBy (fst >> number)
            |> List.collect (fun (key, wanted) -> Words.moved (a |> List.filter (fun (n, _) -> number n = key)) wanted)

        [ match List.except b a @ moved with
          | [] -> ()
          | gone ->
              let list = gone |> List.map fst |> String.concat ", "
              $"ALTER {Texts.designation after} DROP {list}"
          yield! add after (List.except a b @ moved) ]
        |> Words.orSame

    let rules: KindRules = { Blank.rules Texts.designation create with Change = change }
