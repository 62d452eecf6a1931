namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// Generators of edits that fit a schema.
[<RequireQualifiedAccess>]
module GenEdit =
    open GenColumn

    let private free (pool: string list) (used: string list) =
        match pool |> List.filter (fun name -> not (List.contains name used)) with
        | [] -> Gen.constant "spare"
        | names -> Gen.elements names

    let private tableEdits (profile: Profile) (schema: Schema) (t: Table) : (int * Gen<Edit>) list =
        let freeTable = free Profile.tableNames (schema.Tables |> List.map _.Name.Name)
        let rederive = chance 60
        let other = Gen.elements schema.Tables |> Gen.map _.Name

        [ 2, Gen.constant (Edit.DropTable t.Name)
          4, Gen.map2 (fun name again -> Edit.RenameTable(t.Name, name, again)) freeTable rederive
          1, comment |> Gen.map (fun text -> Edit.ChangeComment(t.Name, None, text))
          1, other |> Gen.map (fun name -> Edit.SwapForeignKeys(t.Name, name))
          1, other |> Gen.map (fun name -> Edit.SwapNames(t.Name, name))
          if profile.WithoutRowId then
              2, Gen.constant (Edit.ChangeWithoutRowId t.Name)
          if profile.Policies then
              1, GenTable.rowSecurity |> Gen.map (fun value -> Edit.ChangeRowSecurity(t.Name, value)) ]

    let private newType (profile: Profile) (enums: EnumType list) (c: ColumnDef) : Gen<ColumnType> =
        let widening =
            match TypeTraits.widenings c.Type with
            | [] -> Gen.constant c.Type
            | types -> Gen.elements types

        let kin =
            if TypeTraits.isWhole c.Type then
                Gen.elements [ ColumnType.SmallInt; ColumnType.Integer; ColumnType.BigInt ]
            elif TypeTraits.isText c.Type then
                Gen.elements [ ColumnType.Text; ColumnType.Varchar 5; ColumnType.Varchar 20 ]
            else
                Gen.constant c.Type

        // What rests on a column often fits the wider type too, and must be carried through the change.
        if profile.AnyTypeChange then
            Gen.oneof [ widening; kin; columnType profile enums ]
        else
            widening

    let private columnEdits (profile: Profile) (schema: Schema) (t: Table) (c: ColumnDef) : (int * Gen<Edit>) list =
        let freeColumn = free Profile.columnNames (t.Columns |> List.map _.Name)
        let added = freeColumn |> Gen.bind (plain profile schema.Enums)

        let computed =
            Gen.elements [ "computed"; "derived" ]
            |> Gen.bind (computed profile t.Columns)
            |> Gen.map (Option.defaultValue c)

        let position = Gen.choose (0, 8)

        // A key's far side may change alone in nothing but its collation.
        let isReferencedText =
            TypeTraits.isText c.Type
            && schema.Tables
               |> List.exists (fun other ->
                   other.ForeignKeys
                   |> List.exists (fun fk -> fk.Target = t.Name && List.contains c.Name fk.TargetColumns))

        [ 5, Gen.map2 (fun column at -> Edit.AddColumn(t.Name, column, at)) added position
          1, Gen.map2 (fun column at -> Edit.AddColumn(t.Name, column, at)) computed position
          5, Gen.constant (Edit.DropColumn(t.Name, c.Name))
          5, freeColumn |> Gen.map (fun name -> Edit.RenameColumn(t.Name, c.Name, name))
          5, newType profile schema.Enums c |> Gen.map (fun newType -> Edit.ChangeType(t.Name, c.Name, newType))
          4, Gen.constant (Edit.ChangeNullable(t.Name, c.Name))
          4,
          columnDefault schema.Enums c.Type
          |> Gen.map (fun value -> Edit.ChangeDefault(t.Name, c.Name, value))
          1, identity |> Gen.map (fun value -> Edit.ChangeIdentity(t.Name, c.Name, value))
          if not profile.Collations.IsEmpty then
              (if isReferencedText then 12 else 1),
              collation 60 profile |> Gen.map (fun value -> Edit.ChangeCollation(t.Name, c.Name, value))
          1, comment |> Gen.map (fun text -> Edit.ChangeComment(t.Name, Some c.Name, text)) ]

    /// The name that the thing already has, or another one's, so that definitions change behind a name.
    let private renameInto (names: string list) (name: string) =
        Gen.frequency
            [ 2, Gen.constant name
              if not names.IsEmpty then
                  1, Gen.elements names ]

    let private relationNames (t: Table) =
        [ yield! t.PrimaryKey |> Option.map _.Name |> Option.toList
          yield! t.Uniques |> List.map _.Name
          yield! t.Indexes |> List.map _.Name ]

    let private relationEdits (profile: Profile) (schema: Schema) (t: Table) : (int * Gen<Edit>) list =
        let everywhere =
            [ for other in schema.Tables do
                  for name in relationNames other -> other.Name, name ]

        match relationNames t with
        | [] -> []
        | own ->
            [ 2,
              Gen.map2
                  (fun name (other, otherName) -> Edit.SwapRelationNames(t.Name, name, other, otherName))
                  (Gen.elements own)
                  (Gen.elements everywhere)
              if t.PrimaryKey.IsSome then
                  1, Gen.constant (Edit.KeyToUnique t.Name)
              if profile.NullsNotDistinct && not t.Uniques.IsEmpty then
                  2,
                  Gen.elements t.Uniques
                  |> Gen.map (fun u ->
                      Edit.PutConstraint(
                          t.Name,
                          Constraint.Unique { u with NullsNotDistinct = not u.NullsNotDistinct }
                      )) ]

    let private constraintEdits (profile: Profile) (schema: Schema) (t: Table) : (int * Gen<Edit>) list =
        let names = Table.constraints t |> List.map _.Name
        let put definition = Edit.PutConstraint(t.Name, definition)
        let nothing = Edit.Reorder 0

        let key =
            GenTable.primaryKey t
            |> Gen.map (Option.map (Constraint.PrimaryKey >> put) >> Option.defaultValue nothing)

        let unique =
            gen {
                let! unique = GenTable.unique profile t
                let! name = renameInto (t.Uniques |> List.map _.Name) unique.Name
                return put (Constraint.Unique { unique with Name = name })
            }

        let foreignKey =
            gen {
                match! GenTable.foreignKey schema.Tables t with
                | None -> return nothing
                | Some fk ->
                    let! name = renameInto (t.ForeignKeys |> List.map _.Name) fk.Name
                    return put (Constraint.ForeignKey { fk with Name = name })
            }

        let check =
            gen {
                match! GenTable.check t with
                | None -> return nothing
                | Some check ->
                    let! name = renameInto (t.Checks |> List.map _.Name) check.Name
                    return put (Constraint.Check { check with Name = name })
            }

        [ 2, key
          3, unique
          4, foreignKey
          3, check
          if not names.IsEmpty then
              4, Gen.elements names |> Gen.map (fun name -> Edit.DropConstraint(t.Name, name))
              2, Gen.elements names |> Gen.map (fun name -> Edit.RenameConstraint(t.Name, name, name + "_2")) ]

    let private indexEdits (profile: Profile) (t: Table) : (int * Gen<Edit>) list =
        let names = t.Indexes |> List.map _.Name

        let put =
            gen {
                match! GenTable.index profile t with
                | None -> return Edit.Reorder 0
                | Some index ->
                    let! name = renameInto names index.Name
                    return Edit.PutIndex(t.Name, { index with Name = name })
            }

        [ 4, put
          if not names.IsEmpty then
              3, Gen.elements names |> Gen.map (fun name -> Edit.DropIndex(t.Name, name))
              2, Gen.elements names |> Gen.map (fun name -> Edit.RenameIndex(t.Name, name, name + "_2")) ]

    let private policyEdits (profile: Profile) (t: Table) : (int * Gen<Edit>) list =
        [ if profile.Policies then
              1,
              GenTable.policy t
              |> Gen.map (function
                  | Some policy -> Edit.PutPolicy(t.Name, policy)
                  | None -> Edit.ChangeRowSecurity(t.Name, RowSecurity.Enabled))

              for policy in t.Policies do
                  1, Gen.constant (Edit.DropPolicy(t.Name, policy.Name)) ]

    let private enumEdits (schema: Schema) : (int * Gen<Edit>) list =
        let freeEnum = free Profile.enumNames (schema.Enums |> List.map _.Name.Name)

        [ 1, freeEnum |> Gen.bind GenSchema.enum |> Gen.map Edit.AddEnum
          for e in schema.Enums do
              1, Gen.constant (Edit.DropEnum e.Name)
              2, freeEnum |> Gen.map (fun name -> Edit.RenameEnum(e.Name, name))

              3,
              Gen.map2
                  (fun value at -> Edit.AddEnumValue(e.Name, value, at))
                  (free Profile.enumValues e.Values)
                  (Gen.choose (0, 4))

              if e.Values.Length > 1 then
                  1, Gen.constant (Edit.RotateEnum e.Name)

              1, Gen.elements e.Values |> Gen.map (fun value -> Edit.RemoveEnumValue(e.Name, value)) ]

    let private objectEdits (profile: Profile) (schema: Schema) : (int * Gen<Edit>) list =
        [ if profile.Objects then
              6, GenObject.object schema |> Gen.map Edit.PutObject

              for o in schema.Objects do
                  2, Gen.constant (Edit.DropObject o.Key) ]

    let private addTable (profile: Profile) (schema: Schema) : Gen<Edit> =
        gen {
            let! name = free Profile.tableNames (schema.Tables |> List.map _.Name.Name)
            let! t = GenSchema.table profile schema.Enums name
            let! fk = GenTable.foreignKey (t :: schema.Tables) t
            return Edit.AddTable { t with ForeignKeys = Option.toList fk }
        }

    /// The columns on which something rests that an edit must carry along.
    let private supporting (schema: Schema) (t: Table) : ColumnDef list =
        let used =
            [ for c in t.Columns do
                  yield! c.Generated |> Option.map (fun g -> SqlText.columns g.Expression) |> Option.defaultValue []
              for p in t.Policies do
                  yield! p.Using |> Option.map SqlText.columns |> Option.defaultValue []
              for o in schema.Objects do
                  match ObjectShape.ofObject o |> Option.map ObjectShape.columns with
                  | Some(source, columns) when source = t.Name -> yield! columns
                  | Some _
                  | None -> ()
              yield! t.ForeignKeys |> List.collect _.Columns
              for other in schema.Tables do
                  for fk in other.ForeignKeys do
                      if fk.Target = t.Name then
                          yield! fk.TargetColumns ]

        t.Columns |> List.filter (fun c -> List.contains c.Name used)

    /// One edit of the schema.
    let edit (profile: Profile) (schema: Schema) : Gen<Edit> =
        let elsewhere =
            [ 4, addTable profile schema
              2, Gen.choose (1, 1000) |> Gen.map Edit.Reorder
              yield! enumEdits schema ]

        match schema.Tables with
        | [] -> Gen.frequency elsewhere
        | tables ->
            gen {
                let! t = Gen.elements tables
                let! any = Gen.elements t.Columns
                let! leading = chance 40

                let! c =
                    match leading, supporting schema t with
                    | true, first :: rest -> Gen.elements (first :: rest)
                    | _ -> Gen.constant any

                return!
                    Gen.frequency
                        [ yield! elsewhere
                          yield! tableEdits profile schema t
                          yield! columnEdits profile schema t c
                          yield! relationEdits profile schema t
                          yield! constraintEdits profile schema t
                          yield! indexEdits profile t
                          yield! policyEdits profile t
                          yield! objectEdits profile schema ]
            }
