namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// Generators of constraints, indexes and policies on columns that are there.
[<RequireQualifiedAccess>]
module GenTable =
    open GenColumn

    let private keyable (t: Table) = t.Columns |> List.filter (fun c -> TypeTraits.isKeyable c.Type) |> List.map _.Name

    let actions =
        [ ReferentialAction.NoAction
          ReferentialAction.Restrict
          ReferentialAction.Cascade
          ReferentialAction.SetNull
          ReferentialAction.SetDefault ]

    let primaryKey (t: Table) : Gen<PrimaryKey option> =
        gen {
            let! columns =
                someOf 1 2 (t.Columns |> List.filter (fun c -> c.Generated.IsNone && TypeTraits.isKeyable c.Type))

            let! named = chance 10

            let name =
                if named then
                    "own_key_" + t.Name.Name
                else
                    Identifier.derive t.Name.Name [] "pkey"

            return
                match columns with
                | [] -> None
                | _ -> Some { Name = name; Columns = columns |> List.map _.Name }
        }

    let unique (profile: Profile) (t: Table) : Gen<Unique> =
        gen {
            let! columns = someOf 1 2 (keyable t)
            let! nulls = chance (if profile.NullsNotDistinct then 20 else 0)

            let! deferrability =
                Gen.frequency
                    [ 8, Gen.constant Deferrability.NotDeferrable
                      if profile.DeferrableUniques then
                          1, Gen.constant Deferrability.InitiallyImmediate
                          1, Gen.constant Deferrability.InitiallyDeferred ]

            return
                { Name = Identifier.derive t.Name.Name columns "key"
                  Columns = columns
                  NullsNotDistinct = nulls
                  Deferrability = deferrability }
        }

    /// A foreign key to any table whose key has the types of some columns here, itself included.
    let foreignKey (tables: Table list) (t: Table) : Gen<ForeignKey option> =
        let typeOf (table: Table) name = table.Columns |> List.tryFind (fun c -> c.Name = name) |> Option.map _.Type

        let candidates =
            [ for target in tables do
                  for key in Repair.targetKeys target do
                      let fitting =
                          key
                          |> List.map (fun k ->
                              t.Columns
                              |> List.filter (fun c -> Some c.Type = typeOf target k && c.Generated.IsNone)
                              |> List.map _.Name)

                      if fitting |> List.forall (List.isEmpty >> not) then
                          target.Name, key, fitting ]

        match candidates with
        | [] -> Gen.constant None
        | _ ->
            gen {
                let! target, key, fitting = Gen.elements candidates
                let! columns = fitting |> List.map Gen.elements |> Gen.sequenceToList
                let! onDelete = Gen.elements actions
                let! onUpdate = Gen.elements actions

                let! deferrability =
                    Gen.elements
                        [ Deferrability.NotDeferrable
                          Deferrability.NotDeferrable
                          Deferrability.InitiallyImmediate
                          Deferrability.InitiallyDeferred ]

                return
                    Some
                        { Name = Identifier.derive t.Name.Name columns "fkey"
                          Columns = columns
                          Target = target
                          TargetColumns = key
                          OnDelete = onDelete
                          OnUpdate = onUpdate
                          Deferrability = deferrability }
            }

    /// Forms of `templates` over the table's columns.
    let private texts (templates: Template list) (t: Table) =
        [ for c in t.Columns do
              for template in templates do
                  if template.Fits c.Type then
                      c.Name, template.Build c.Name ]

    let check (t: Table) : Gen<Check option> =
        let whole = t.Columns |> List.filter (fun c -> TypeTraits.isWhole c.Type) |> List.map _.Name

        let forms =
            [ yield! texts Template.checks t
              match whole with
              | a :: b :: _ -> a, Template.pairCheck a b
              | _ -> () ]

        match forms with
        | [] -> Gen.constant None
        | _ ->
            gen {
                let! column, fragments = Gen.elements forms
                let! kind = Gen.elements [ "good"; "sane" ]
                let! perEngine = chance 15
                let! only = chance 5

                return
                    Some
                        { Name = Identifier.derive t.Name.Name [ column; kind ] "check"
                          Expression = if perEngine then Template.perEngine fragments else Template.portable fragments
                          OnlyOn = if only then [ "postgres" ] else [] }
            }

    let private part (profile: Profile) (t: Table) : Gen<IndexPart> =
        gen {
            let! column = Gen.elements (keyable t)
            let! descending = chance 25

            let! nulls =
                Gen.frequency
                    [ 8, Gen.constant NullsOrder.Default; 1, Gen.elements [ NullsOrder.First; NullsOrder.Last ] ]

            let expressions = texts Template.indexExpressions t
            let! useExpression = chance (if expressions.IsEmpty then 0 else 20)

            let! target =
                if useExpression then
                    Gen.elements expressions |> Gen.map (snd >> Template.portable >> IndexTarget.Expression)
                else
                    Gen.constant (IndexTarget.Column column)

            let! collation =
                match target, Table.tryColumn column t with
                | IndexTarget.Column _, Some c when profile.IndexCollations && TypeTraits.isText c.Type ->
                    collation 20 profile
                | _ -> Gen.constant None

            return
                { Target = target
                  Descending = descending
                  Nulls = nulls
                  OpClass = None
                  Collation = collation }
        }

    let private partName (p: IndexPart) =
        match p.Target with
        | IndexTarget.Column column -> column
        | IndexTarget.Expression _ -> "expr"

    let private btree (profile: Profile) (t: Table) : Gen<IndexDef> =
        gen {
            let! parts = several 1 2 (part profile t)
            let parts = parts |> List.distinctBy _.Target
            let! unique = chance 30
            let! where = optional 25 (Gen.elements (texts Template.predicates t))

            let! includes =
                if profile.AccessMethods then
                    optional 15 (Gen.elements (keyable t))
                else
                    Gen.constant None

            let! nulls = chance (if profile.NullsNotDistinct && unique then 15 else 0)

            return
                { Index.by parts with
                    Name = Identifier.derive t.Name.Name (parts |> List.map partName) "idx"
                    Unique = unique
                    Where = where |> Option.map (snd >> Template.portable)
                    Include = Option.toList includes
                    NullsNotDistinct = nulls }
        }

    /// An index on one column by another method than btree.
    let private special (t: Table) : Gen<IndexDef option> =
        let methods =
            [ for c in t.Columns do
                  match c.Type with
                  | ColumnType.Jsonb -> c.Name, "gin", Some "jsonb_path_ops", []
                  | ColumnType.Vector _ -> c.Name, "hnsw", Some "vector_cosine_ops", [ "m", "16" ]
                  | ColumnType.Integer -> c.Name, "brin", None, []
                  | ColumnType.Text -> c.Name, "hash", None, []
                  | _ -> () ]

        match methods with
        | [] -> Gen.constant None
        | _ ->
            Gen.elements methods
            |> Gen.map (fun (column, accessMethod, opClass, parameters) ->
                let part =
                    { Target = IndexTarget.Column column
                      Descending = false
                      Nulls = NullsOrder.Default
                      OpClass = opClass
                      Collation = None }

                Some
                    { Index.by [ part ] with
                        Name = Identifier.derive t.Name.Name [ column ] "idx"
                        Method = accessMethod
                        With = parameters })

    let index (profile: Profile) (t: Table) : Gen<IndexDef option> =
        if (keyable t).IsEmpty then
            Gen.constant None
        else
            gen {
                let! another = chance (if profile.AccessMethods then 20 else 0)
                let! special = if another then special t else Gen.constant None

                match special with
                | Some index -> return Some index
                | None -> return! btree profile t |> Gen.map Some
            }

    let policy (t: Table) : Gen<Policy option> =
        match texts Template.policies t with
        | [] -> Gen.constant None
        | forms ->
            gen {
                let! _, fragments = Gen.elements forms
                let! name = Gen.elements [ "readers"; "writers"; "owners" ]
                let! command = Gen.elements [ PolicyCommand.All; PolicyCommand.Select; PolicyCommand.Delete ]
                let! permissive = chance 80

                return
                    Some
                        { Policy.create name command with
                            Permissive = permissive
                            Using = Some(Template.portable fragments)
                            OnlyOn = [ "postgres" ] }
            }

    let rowSecurity: Gen<RowSecurity> =
        Gen.frequency
            [ 8, Gen.constant RowSecurity.Disabled
              1, Gen.constant RowSecurity.Enabled
              1, Gen.constant RowSecurity.Forced ]
