namespace SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
module Sequences =
    let private designation (object: PgObject) = $"SEQUENCE {Words.relation object.Address}"

    /// The column makes it and takes it away.
    let private isIdentity (object: PgObject) = object.Facts.IsIdentitySequence

    let private create (_: Context) (object: PgObject) =
        if isIdentity object then
            []
        else
            let facts = Facts.sequence object
            let unlogged = if facts.Unlogged then "UNLOGGED " else ""

            [ $"CREATE {unlogged}SEQUENCE {Words.relation object.Address} AS {facts.Type} {ColumnText.sequenceOptions facts}" ]

    let private drop (_: Context) (object: PgObject) =
        if isIdentity object then [] else [ $"DROP {designation object}" ]

    let private changeFacts (before: PgObject) (after: PgObject) =
        let a, b = Facts.sequence before, Facts.sequence after

        [ if { a with Unlogged = b.Unlogged } <> b then
              let typeName = if a.Type <> b.Type then $"AS {b.Type} " else ""
              let cycle = if a.Cycle && not b.Cycle then " NO CYCLE" else ""
              let restart = if ColumnText.mustRestart a b then " RESTART" else ""
              $"ALTER {designation after} {typeName}{ColumnText.sequenceOptions b}{cycle}{restart}"
          if a.Unlogged <> b.Unlogged then
              let mode = if b.Unlogged then "UNLOGGED" else "LOGGED"
              $"ALTER {designation after} SET {mode}" ]
        |> Words.orSame

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if isIdentity before || isIdentity after then
            Change.Replace
        else
            changeFacts before after

    let rules: KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change
            Names = fun object -> if isIdentity object then [] else Blank.relation object
            GrantTarget = designation >> Some }

/// That a column owns a sequence.
[<RequireQualifiedAccess>]
module SequenceOwners =
    /// Who owns an object when its parts are put together: new owners are given at the end.
    let private ownerNow (context: Context) (address: Address) =
        if context.Creating.Contains address then
            Some context.To.User
        else
            context.From.Objects.TryFind address |> Option.bind _.Owner

    let private isNumber (database: PgDatabase) (column: Address) =
        match database.Objects.TryFind column with
        | Some { Facts = Facts.Column { Type = "smallint" | "integer" | "bigint" } } -> true
        | Some _
        | None -> false

    /// A new sequence under a column that was there, as after an identity.
    let private goOn (context: Context) (owned: Address) (column: Address) =
        let sequence = { owned with Kind = Kind.Sequence }

        if
            context.Creating.Contains sequence
            && not (context.Creating.Contains column)
            && isNumber context.From column
            && isNumber context.To column
        then
            [ Facts.sequence context.To.Objects[sequence]
              |> ColumnText.goOn (Words.relation sequence) (Words.relation column) column.Part ]
        else
            []

    let private create (context: Context) (object: PgObject) =
        match object.Facts with
        | Facts.SequenceOwner column ->
            let table = Address.tableOf column

            [ match ownerNow context { object.Address with Kind = Kind.Sequence }, ownerNow context table with
              | Some own, Some owner when own <> owner ->
                  $"ALTER SEQUENCE {Words.relation object.Address} OWNER TO {Quote.name owner}"
              | _ -> ()
              $"ALTER SEQUENCE {Words.relation object.Address} OWNED BY {Words.relation column}.{Quote.name column.Part}"
              yield! goOn context object.Address column ]
        | _ -> []

    let rules: KindRules =
        { Blank.rules (fun object -> string object.Address) create with
            Drop = fun _ object -> [ $"ALTER SEQUENCE {Words.relation object.Address} OWNED BY NONE" ] }
