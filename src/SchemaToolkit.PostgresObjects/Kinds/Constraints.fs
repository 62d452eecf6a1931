namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions

[<RequireQualifiedAccess>]
module internal Clustering =
    /// Whether the wanted table is clustered on some index; to cluster on another ends the first by itself.
    let another (context: Context) (table: Address) =
        Words.parts context.To table
        |> List.exists (fun part ->
            match part.Facts with
            | Facts.Index facts -> facts.Clustered
            | Facts.Constraint facts -> facts.Clustered
            | _ -> false)

/// Primary keys, uniques, foreign keys, checks, exclusions.
[<RequireQualifiedAccess>]
module Constraints =
    let private table (object: PgObject) = Option.get object.Parent

    let private designation (object: PgObject) =
        $"CONSTRAINT {Quote.name object.Address.Part} ON {Words.relation object.Address}"

    let private alterTable (only: bool) (object: PgObject) =
        let word = if (table object).Kind = Kind.ForeignTable then "FOREIGN TABLE" else "TABLE"
        let only = if only then "ONLY " else ""
        $"ALTER {word} {only}{Words.relation object.Address}"

    let private hasIndex (facts: ConstraintFacts) = List.contains facts.Type [ "p"; "u"; "x" ]

    let private indexComment (object: PgObject) (before: string option) (after: string option) =
        if before = after then
            []
        else
            let text = after |> Option.map Quote.text |> Option.defaultValue "NULL"
            [ $"COMMENT ON INDEX {Quote.qualified object.Address.Schema object.Address.Part} IS {text}" ]

    let private after (object: PgObject) (facts: ConstraintFacts) =
        let index = Quote.qualified object.Address.Schema object.Address.Part

        [ if facts.Type = "x" && not facts.IndexOptions.IsEmpty then
              $"ALTER INDEX {index} SET ({Words.options facts.IndexOptions})"
          match facts.Tablespace with
          | Some name -> $"ALTER INDEX {index} SET TABLESPACE {Quote.name name}"
          | None -> ()
          if facts.Clustered then
              $"{alterTable false object} CLUSTER ON {Quote.name object.Address.Part}"
          if facts.ReplicaIdentity then
              $"{alterTable true object} REPLICA IDENTITY USING INDEX {Quote.name object.Address.Part}"
          yield! indexComment object None facts.IndexComment ]

    /// Comes and goes with its parent's.
    let private isGiven
        (gives: Context -> Address -> Address -> bool)
        context
        (object: PgObject)
        (facts: ConstraintFacts)
        =
        if facts.OfPartition then
            (facts.Attached || not facts.IsLocal) && Words.staysPartition context (table object)
        else
            not facts.IsLocal
            && (context.Creating.Contains(table object) || gives context (table object) object.Address)

    let private attachmentOf (object: PgObject) =
        Address.create Kind.Attachment object.Address.Schema object.Address.Part

    let private isNewlyAttached (context: Context) (object: PgObject) = context.Creating.Contains(attachmentOf object)

    /// The index of a partitioned table takes its parameters only when it is made.
    let private definition (facts: ConstraintFacts) =
        if facts.IndexOptions.IsEmpty || facts.Type = "x" then
            facts.Definition
        else
            let timing = Regex.Match(facts.Definition, "( DEFERRABLE)?( INITIALLY DEFERRED)?$")
            facts.Definition.Insert(timing.Index, $" WITH ({Words.options facts.IndexOptions})")

    let private isOnPartitioned (context: Context) (object: PgObject) =
        match context.To.Objects.TryFind(table object) with
        | Some { Facts = Facts.Table { PartitionKey = Some _ } } -> true
        | Some _
        | None -> false

    /// The foreign key of the partitioned table that a partition's belongs to.
    let private keyAbove (database: PgDatabase) (object: PgObject) (facts: ConstraintFacts) =
        if facts.Type = "f" && facts.Attached then
            Words.needs database object.Address
            |> Seq.tryFind (fun a ->
                match database.Objects[a].Facts with
                | Facts.Constraint { Type = "f" } -> true
                | _ -> false)
        else
            None

    /// The key above one that has a name of its own: made before it, or the engine would name it.
    let internal named (database: PgDatabase) (object: PgObject) : Address option =
        match object.Facts with
        | Facts.Constraint facts ->
            keyAbove database object facts |> Option.filter (fun above -> above.Part <> object.Address.Part)
        | _ -> None

    let private create (context: Context) (object: PgObject) =
        let facts = Facts.constraint' object

        // An inherited one comes with its parent's; a key of a partition is made by itself and attached; a foreign key of
        // a partition is made by attaching, unless it has a name of its own.
        let isMade =
            match keyAbove context.To object facts with
            | Some above -> above.Part <> object.Address.Part
            | None ->
                not (isGiven Bonds.givesNew context object facts)
                || hasIndex facts && facts.Attached && isNewlyAttached context object

        if not isMade then
            []
        else
            [ $"{alterTable (hasIndex facts) object} ADD CONSTRAINT {Quote.name object.Address.Part} {definition facts}"
              if facts.Type = "c" then
                  for child, check in Bonds.mergedInto context object.Address do
                      yield! Catalog.setLocal child false [] [ check ]
              yield! after object facts ]

    let private drop (context: Context) (object: PgObject) =
        let facts = Facts.constraint' object

        let goesAbove =
            match keyAbove context.From object facts with
            | Some above -> context.Dropping.Contains above
            | None -> false

        if goesAbove || isGiven Bonds.givesOld context object facts then
            []
        else
            [ $"{alterTable false object} DROP CONSTRAINT {Quote.name object.Address.Part}" ]

    let private withoutNotValid (definition: string) = definition.Replace(" NOT VALID", "")

    let private change (context: Context) (before: PgObject) (after': PgObject) =
        let a, b = Facts.constraint' before, Facts.constraint' after'
        let index = Quote.qualified after'.Address.Schema after'.Address.Part

        let same =
            { a with
                Definition = withoutNotValid a.Definition
                Validated = b.Validated
                IsLocal = b.IsLocal
                IndexComment = b.IndexComment
                InheritCount = b.InheritCount
                Attached = b.Attached
                OfPartition = b.OfPartition
                IndexOptions = b.IndexOptions
                Tablespace = b.Tablespace
                Clustered = b.Clustered
                ReplicaIdentity = b.ReplicaIdentity }
                =
                { b with Definition = withoutNotValid b.Definition }

        let fixedOptions = a.IndexOptions <> b.IndexOptions && isOnPartitioned context after'

        if not same || fixedOptions || a.Validated && not b.Validated then
            // A key that was the partition's own until now is not the parent's to change.
            let isAbove = a.Attached || not (hasIndex b)

            if isAbove && isGiven Bonds.gives context after' b then
                Change.Same
            else
                Change.Replace
        else
            [ if not a.Validated && b.Validated then
                  $"{alterTable false after'} VALIDATE CONSTRAINT {Quote.name after'.Address.Part}"
              yield! Words.changeOptions $"ALTER INDEX {index}" a.IndexOptions b.IndexOptions
              if a.Tablespace <> b.Tablespace then
                  let name = b.Tablespace |> Option.defaultValue "pg_default"
                  $"ALTER INDEX {index} SET TABLESPACE {Quote.name name}"
              match a.Clustered, b.Clustered with
              | false, true -> $"{alterTable false after'} CLUSTER ON {Quote.name after'.Address.Part}"
              | true, false when not (Clustering.another context (table after')) ->
                  $"{alterTable false after'} SET WITHOUT CLUSTER"
              | _ -> ()
              if b.ReplicaIdentity && not a.ReplicaIdentity then
                  $"{alterTable true after'} REPLICA IDENTITY USING INDEX {Quote.name after'.Address.Part}"
              if
                  a.IsLocal <> b.IsLocal
                  && b.InheritCount > 0
                  && not b.OfPartition
                  && Bonds.gives context (table after') after'.Address
              then
                  yield! Catalog.setLocal (table after') b.IsLocal [] [ after'.Address.Part ]
              yield! indexComment after' a.IndexComment b.IndexComment ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change
            Names =
                fun object ->
                    if hasIndex (Facts.constraint' object) then
                        [ $"relation {object.Address.Schema} {object.Address.Part}" ]
                    else
                        [] }
