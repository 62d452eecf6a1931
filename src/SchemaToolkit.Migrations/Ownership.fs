namespace SchemaToolkit.Migrating

open SchemaToolkit

/// What is ours: a plan never alters or drops what its plugin did not make.
[<RequireQualifiedAccess>]
module Ownership =
    let private within (names: string list) (nameOf: 'a -> string) (items: 'a list) =
        items |> List.filter (fun item -> List.contains (nameOf item) names)

    let private keepTable (recorded: Table) (live: Table) : Table =
        { live with
            Columns = within (recorded.Columns |> List.map _.Name) _.Name live.Columns
            PrimaryKey =
                match recorded.PrimaryKey with
                | Some _ -> live.PrimaryKey
                | None -> None
            Uniques = within (recorded.Uniques |> List.map _.Name) _.Name live.Uniques
            ForeignKeys = within (recorded.ForeignKeys |> List.map _.Name) _.Name live.ForeignKeys
            Checks = within (recorded.Checks |> List.map _.Name) _.Name live.Checks
            Indexes = within (recorded.Indexes |> List.map _.Name) _.Name live.Indexes
            Policies = within (recorded.Policies |> List.map _.Name) _.Name live.Policies }

    /// The part of the live schema that the record says is ours. A part that was dropped behind our back is missing.
    let ours (recorded: Schema) (live: Schema) : Schema =
        { live with
            Tables =
                live.Tables
                |> List.choose (fun t -> Schema.tryTable t.Name recorded |> Option.map (fun r -> keepTable r t))
            Enums = live.Enums |> List.filter (fun e -> (Schema.tryEnum e.Name recorded).IsSome)
            Objects = live.Objects |> List.filter (fun o -> (Schema.tryObject o.Key recorded).IsSome) }

    /// Extensions belong to the whole database: those that are declared count as ours where they are, and none is dropped.
    let sharing (declared: Schema) (live: Schema) (ours: Schema) : Schema =
        let isExtension (o: SchemaObject) = o.Kind = ObjectKind.Extension

        { ours with
            Objects =
                (ours.Objects |> List.filter (isExtension >> not))
                @ (live.Objects |> List.filter (fun o -> isExtension o && (Schema.tryObject o.Key declared).IsSome)) }

    /// The record widened by what the author explicitly adopts: tables and enums of these names as they are in the live
    /// schema, limited to what is declared.
    let adopting (names: ObjectName list) (declared: Schema) (live: Schema) (recorded: Schema) : Schema =
        let tables =
            declared.Tables
            |> List.filter (fun t -> List.contains t.Name names && (Schema.tryTable t.Name recorded).IsNone)
            |> List.filter (fun t -> (Schema.tryTable t.Name live).IsSome)

        let enums =
            declared.Enums
            |> List.filter (fun e -> List.contains e.Name names && (Schema.tryEnum e.Name recorded).IsNone)
            |> List.filter (fun e -> (Schema.tryEnum e.Name live).IsSome)

        // What is part of an adopted table comes with it.
        let objects =
            declared.Objects
            |> List.filter (fun o ->
                List.contains o.Key.Name names
                || SchemaObject.parent o |> Option.exists (fun parent -> List.contains parent names))
            |> List.filter (fun o -> (Schema.tryObject o.Key recorded).IsNone && (Schema.tryObject o.Key live).IsSome)

        { recorded with
            Tables = recorded.Tables @ tables
            Enums = recorded.Enums @ enums
            Objects = recorded.Objects @ objects }

    /// What `adopting` added to the record.
    let adopted (recorded: Schema) (owned: Schema) : ObjectName list =
        [ for t in owned.Tables do
              if (Schema.tryTable t.Name recorded).IsNone then
                  t.Name
          for e in owned.Enums do
              if (Schema.tryEnum e.Name recorded).IsNone then
                  e.Name
          for o in owned.Objects do
              if (Schema.tryObject o.Key recorded).IsNone && (SchemaObject.parent o).IsNone then
                  o.Key.Name ]
        |> List.distinct

    /// Parts that the steps would make under a name that somebody else's object has.
    let conflicts (steps: Step list) (live: Schema) : PartId list =
        let column (table: ObjectName) name =
            Schema.tryTable table live |> Option.exists (fun t -> (Table.tryColumn name t).IsSome)

        // Names freed or taken by the steps themselves are followed by applying them.
        ((live, []), steps)
        ||> List.fold (fun (schema, found) step ->
            match Apply.step step schema with
            | Ok next -> next, found
            | Error _ ->
                match step with
                | Step.CreateTable table -> schema, PartId.Table table.Name :: found
                | Step.CreateEnum enum -> schema, PartId.Enum enum.Name :: found
                | Step.AddColumn(table, c) when column table c.Name -> schema, PartId.Column(table, c.Name) :: found
                | Step.CreateIndex(table, index) -> schema, PartId.Index(table, index.Name) :: found
                | Step.AddConstraint(table, Constraint.Unique u) -> schema, PartId.Unique(table, u.Name) :: found
                | Step.AddConstraint(table, Constraint.Check c) -> schema, PartId.Check(table, c.Name) :: found
                | Step.AddConstraint(table, Constraint.ForeignKey k) ->
                    schema, PartId.ForeignKey(table, k.Name) :: found
                | Step.AddConstraint(table, Constraint.PrimaryKey k) ->
                    schema, PartId.PrimaryKey(table, k.Name) :: found
                | Step.CreatePolicy(table, policy) -> schema, PartId.Policy(table, policy.Name) :: found
                | Step.CreateObject object -> schema, PartId.Object object.Key :: found
                | Step.RenameTable(table, newName) -> schema, PartId.Table { table with Name = newName } :: found
                | Step.RenameColumn(table, _, newName) -> schema, PartId.Column(table, newName) :: found
                | _ -> schema, found)
        |> snd
        |> List.rev

    let private indexColumns (index: IndexDef) =
        index.Parts
        |> List.choose (fun part ->
            match part.Target with
            | IndexTarget.Column column -> Some column
            | IndexTarget.Expression _ -> None)

    /// Somebody else's indexes and constraints on a column of ours that the steps take away: engines drop them in silence.
    let resting (steps: Step list) (mine: Schema) (whole: Schema) : PartId list =
        let strange (nameOf: 'a -> string) (ours: 'a list) (all: 'a list) =
            let known = ours |> List.map nameOf |> Set.ofList
            all |> List.filter (fun item -> not (known.Contains(nameOf item)))

        let on (t: Table) (column: string) =
            let own = Schema.tryTable t.Name mine |> Option.defaultValue t

            [ for i in strange (fun (i: IndexDef) -> i.Name) own.Indexes t.Indexes do
                  if List.contains column (indexColumns i @ i.Include) then
                      PartId.Index(t.Name, i.Name)
              for u in strange (fun (u: Unique) -> u.Name) own.Uniques t.Uniques do
                  if List.contains column u.Columns then
                      PartId.Unique(t.Name, u.Name)
              for k in strange (fun (k: ForeignKey) -> k.Name) own.ForeignKeys t.ForeignKeys do
                  if List.contains column k.Columns then
                      PartId.ForeignKey(t.Name, k.Name) ]

        [ for step in steps do
              match step with
              | Step.DropColumn(table, column) ->
                  match Schema.tryTable table whole with
                  | Some t -> yield! on t column.Name
                  | None -> ()
              | Step.DropTable table ->
                  // Rows of somebody else's partition would go with the table.
                  for o in whole.Objects do
                      match o.Body with
                      | ObjectBody.Partition(parent, _) when parent = table.Name && (Schema.tryObject o.Key mine).IsNone ->
                          PartId.Object o.Key
                      | _ -> ()
              | _ -> () ]

    /// Somebody else's privileges and triggers on what the steps make anew: they go with it, and are put back.
    let puttingBack (steps: Step list) (mine: Schema) (whole: Schema) : Step list =
        let dropped, created =
            steps
            |> List.choose (function
                | Step.DropObject o -> Some o.Key
                | _ -> None)
            |> Set.ofList,
            steps
            |> List.choose (function
                | Step.CreateObject o -> Some o.Key
                | _ -> None)
            |> Set.ofList

        let anew = Set.intersect dropped created |> Set.map _.Name

        [ for o in whole.Objects do
              match o.Kind with
              | ObjectKind.Grant
              | ObjectKind.Trigger when anew.Contains o.Key.Name && (Schema.tryObject o.Key mine).IsNone ->
                  Step.CreateObject o
              | _ -> () ]

    let private part step =
        match step with
        | Step.CreateTable t
        | Step.DropTable t -> PartId.Table t.Name
        | Step.AddColumn(t, c)
        | Step.DropColumn(t, c) -> PartId.Column(t, c.Name)
        | Step.ChangeType(t, c, _, _)
        | Step.ChangeCollation(t, c, _, _)
        | Step.ChangeNullability(t, c, _, _)
        | Step.ChangeDefault(t, c, _, _)
        | Step.ChangeIdentity(t, c, _, _) -> PartId.Column(t, c)
        | Step.AddConstraint(t, definition)
        | Step.DropConstraint(t, definition)
        | Step.RenameConstraint(t, definition, _) -> Diffing.Uses.constraintPart t definition
        | Step.CreateIndex(t, i)
        | Step.DropIndex(t, i)
        | Step.RenameIndex(t, i, _) -> PartId.Index(t, i.Name)
        | Step.CreatePolicy(t, p)
        | Step.DropPolicy(t, p) -> PartId.Policy(t, p.Name)
        | Step.ChangeRowSecurity(t, _, _) -> PartId.RowSecurity t
        | Step.ChangeComment(p, _, _) -> p
        | Step.CreateEnum e
        | Step.DropEnum e
        | Step.AddEnumValues(_, e)
        | Step.ReplaceEnum(_, e) -> PartId.Enum e.Name
        | Step.RenameEnum(e, _) -> PartId.Enum e
        | Step.RenameTable(t, _) -> PartId.Table t
        | Step.RenameColumn(t, c, _) -> PartId.Column(t, c)
        | Step.ChangeWithoutRowId(t, _, _) -> PartId.Table t
        | Step.CreateObject o
        | Step.DropObject o
        | Step.ReplaceObject(_, o) -> PartId.Object o.Key
        | Step.CreateNamespace ns
        | Step.DropNamespace ns -> PartId.Namespace ns

    /// Differences between the record and what is there of it, in words.
    let drift (recorded: Schema) (live: Schema) : Drift list =
        Diff.between recorded live
        |> List.map (fun step ->
            { Part = part step
              Message = $"since the last migration somebody did: {Describe.step step}" })

    /// What is there beside ours, on our tables and in our namespace. The host's namespace is full of others by nature.
    let strangers (mine: Schema) (whole: Schema) : Drift list =
        let isForeignTable step =
            match step with
            | Step.CreateTable table -> table.Name.Namespace <> Namespace.host
            | Step.CreateEnum enum -> enum.Name.Namespace <> Namespace.host
            | Step.CreateObject object ->
                match SchemaObject.parent object with
                | _ when object.Kind = ObjectKind.Extension -> false
                | Some parent ->
                    (Schema.tryTable parent mine).IsSome || mine.Objects |> List.exists (fun o -> o.Key.Name = parent)
                | None -> object.Key.Name.Namespace <> Namespace.host
            | Step.CreateNamespace _ -> false
            | _ -> true

        let beside (t: Table) = t.Name.Namespace <> Namespace.host || (Schema.tryTable t.Name mine).IsSome

        Diff.unfolded mine { whole with Tables = List.filter beside whole.Tables }
        |> List.filter (fun step ->
            match step with
            | Step.AddConstraint(table, _)
            | Step.CreateIndex(table, _)
            | Step.CreatePolicy(table, _) -> (Schema.tryTable table mine).IsSome
            | other -> isForeignTable other)
        |> List.map (fun step ->
            { Part = part step
              Message = $"somebody else did this, and it is left alone: {Describe.step step}" })
