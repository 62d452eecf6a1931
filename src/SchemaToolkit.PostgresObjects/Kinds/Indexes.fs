namespace SchemaToolkit.PostgresObjects

[<RequireQualifiedAccess>]
module Indexes =
    let private designation (object: PgObject) = $"INDEX {Words.relation object.Address}"
    let private table (object: PgObject) = Option.get object.Parent

    let private statistics (object: PgObject) (targets: (int * int) list) =
        targets
        |> List.map (fun (position, target) ->
            $"ALTER {designation object} ALTER COLUMN {position} SET STATISTICS {target}")

    let private alterTable (object: PgObject) =
        let word =
            if (table object).Kind = Kind.MaterializedView then
                "MATERIALIZED VIEW"
            else
                "TABLE"

        $"ALTER {word} {Words.relation (table object)}"

    let private create (_: Context) (object: PgObject) =
        let facts = Facts.index object

        [ facts.Definition
          match facts.Tablespace with
          | Some name -> $"ALTER {designation object} SET TABLESPACE {Quote.name name}"
          | None -> ()
          yield! statistics object facts.Statistics
          if facts.Clustered then
              $"{alterTable object} CLUSTER ON {Quote.name object.Address.Name}"
          if facts.ReplicaIdentity then
              $"{alterTable object} REPLICA IDENTITY USING INDEX {Quote.name object.Address.Name}"
          yield! Words.dependsOn $"ALTER {designation object}" [] facts.DependsOnExtensions ]

    let private drop (context: Context) (object: PgObject) =
        if (Facts.index object).Attached && Words.staysPartition context (table object) then
            []
        else
            [ $"DROP {designation object}" ]

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.index before, Facts.index after

        if
            a.Definition <> b.Definition
            || a.Partitioned <> b.Partitioned
            || not a.Valid && b.Valid && not b.Partitioned
        then
            Change.Replace
        else
            [ if a.Tablespace <> b.Tablespace then
                  let name = b.Tablespace |> Option.defaultValue "pg_default"
                  $"ALTER {designation after} SET TABLESPACE {Quote.name name}"
              for position, _ in a.Statistics do
                  if not (b.Statistics |> List.exists (fun (p, _) -> p = position)) then
                      $"ALTER {designation after} ALTER COLUMN {position} SET STATISTICS -1"
              yield! statistics after (List.except a.Statistics b.Statistics)
              match a.Clustered, b.Clustered with
              | false, true -> $"{alterTable after} CLUSTER ON {Quote.name after.Address.Name}"
              | true, false when not (Clustering.another context (table after)) ->
                  $"{alterTable after} SET WITHOUT CLUSTER"
              | _ -> ()
              if b.ReplicaIdentity && not a.ReplicaIdentity then
                  $"{alterTable after} REPLICA IDENTITY USING INDEX {Quote.name after.Address.Name}"
              yield! Words.dependsOn $"ALTER {designation after}" a.DependsOnExtensions b.DependsOnExtensions ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
            Drop = drop
            Change = change
            Names = Blank.relation }
