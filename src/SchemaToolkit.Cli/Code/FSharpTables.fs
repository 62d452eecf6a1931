namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.FSharpText

/// Tables in the words of `Table`, each in a module of its own.
[<RequireQualifiedAccess>]
module internal FSharpTables =
    let private foreignKey
        (names: FSharpNames)
        ns
        (earlier: Set<ObjectName>)
        (table: Table)
        (columns: Map<string, string>)
        (key: ForeignKey)
        =
        let configure =
            [ if key.Name <> Identifier.derive table.Name.Name key.Columns "fkey" then
                  $"ForeignKey.named {q key.Name}"
              if key.OnDelete <> ReferentialAction.NoAction then
                  $"ForeignKey.onDelete {FSharpColumns.action key.OnDelete}"
              if key.OnUpdate <> ReferentialAction.NoAction then
                  $"ForeignKey.onUpdate {FSharpColumns.action key.OnUpdate}"
              if key.Deferrability <> Deferrability.NotDeferrable then
                  $"ForeignKey.deferrable Deferrability.{key.Deferrability}" ]

        let pairs = List.zip (key.Columns |> List.map (fun name -> columns[name])) key.TargetColumns

        match names.Columns.TryFind key.Target with
        | Some targets when earlier.Contains key.Target && key.TargetColumns |> List.forall targets.ContainsKey ->
            let target = names.Modules[key.Target]

            let list =
                pairs
                |> List.map (fun (mine, other) -> mine, $"{target}.{targets[other]}")
                |> FSharpColumns.pairList

            match configure with
            | [] -> $"Table.references {target}.table {list}"
            | words ->
                CodeText.apply "Table.referencesWith" [ $"""({String.concat " >> " words})"""; $"{target}.table"; list ]
        | Some _
        | None ->
            let list = pairs |> List.map (fun (mine, other) -> mine, q other) |> FSharpColumns.pairList
            // A column may be called id.
            let words =
                if configure.IsEmpty then
                    "(fun key -> key)"
                else
                    $"""({String.concat " >> " configure})"""

            CodeText.apply "Table.referencesNames" [ words; objectName ns key.Target; list ]

    let private policy (p: Policy) =
        pipe
            $"Policy.create {q p.Name} PolicyCommand.{p.Command}"
            [ match p.Using with
              | Some sql -> $"Policy.using {sqlText sql}"
              | None -> ()
              match p.WithCheck with
              | Some sql -> $"Policy.withCheck {sqlText sql}"
              | None -> ()
              if not p.Permissive then
                  "Policy.restrictive"
              if not p.Roles.IsEmpty then
                  $"Policy.forRoles {shown p.Roles}"
              for engine in p.OnlyOn do
                  $"Policy.onlyOn {q engine}" ]


    let private unique (table: Table) columns (u: Unique) =
        let list = FSharpColumns.handles columns u.Columns

        let fields =
            [ if u.NullsNotDistinct then
                  "NullsNotDistinct = true"
              if u.Deferrability <> Deferrability.NotDeferrable then
                  $"Deferrability = Deferrability.{u.Deferrability}" ]

        match fields with
        | [] when u.Name = Identifier.derive table.Name.Name u.Columns "key" -> $"Table.unique {list}"
        | [] -> $"Table.uniqueNamed {q u.Name} {list}"
        | _ -> $"""Table.uniqueWith (fun u -> {{ u with {String.concat "; " fields} }}) {q u.Name} {list}"""

    let private table (names: FSharpNames) ns earlier (t: Table) =
        let columns = names.Columns[t.Name]

        let words =
            [ match t.PrimaryKey with
              | Some key when key.Name = Identifier.derive t.Name.Name [] "pkey" ->
                  $"Table.primaryKey {FSharpColumns.handles columns key.Columns}"
              | Some key -> $"Table.primaryKeyNamed {q key.Name} {FSharpColumns.handles columns key.Columns}"
              | None -> ()
              yield! t.Uniques |> List.map (unique t columns)
              yield! t.ForeignKeys |> List.map (foreignKey names ns earlier t columns)
              for check in t.Checks do
                  CodeText.apply "Table.checkNamed" [ q check.Name; sqlText check.Expression ]
              for i in t.Indexes do
                  if
                      i.Parts |> List.forall (FSharpIndexes.isPlain columns)
                      && i = { Index.by i.Parts with Name = i.Name }
                      && i.Name = Identifier.derive t.Name.Name (List.map FSharpIndexes.columnOf i.Parts) "idx"
                  then
                      $"Table.index {FSharpColumns.handles columns (List.map FSharpIndexes.columnOf i.Parts)}"
                  else
                      CodeText.apply "Table.indexWith" [ argument (FSharpIndexes.index columns t.Name.Name i) ]
              match t.RowSecurity with
              | RowSecurity.Disabled -> ()
              | RowSecurity.Enabled
              | RowSecurity.Forced -> $"Table.rowSecurity RowSecurity.{t.RowSecurity}"
              for p in t.Policies do
                  CodeText.apply "Table.policy" [ argument (policy p) ]
              match t.Comment with
              | Some text -> $"Table.comment {q text}"
              | None -> ()
              match t.PartitionBy with
              | Some key -> CodeText.apply "Table.partitionByPer" [ sqlText key ]
              | None -> ()
              if t.WithoutRowId then
                  "Table.withoutRowId"
              if t.Shared then
                  "Table.shared" ]

        let list = t.Columns |> List.map (fun c -> columns[c.Name]) |> list
        String.Join("\n|> ", CodeText.apply "Table.define" [ q t.Name.Name; list ] :: words)

    let tableModule (names: FSharpNames) ns earlier (t: Table) =
        let columns = names.Columns[t.Name]

        [ $"module {names.Modules[t.Name]} ="
          for c in t.Columns do
              CodeText.indent 4 (bind columns[c.Name] (FSharpColumns.columnCode names ns c))
          ""
          CodeText.indent 4 (bind "table" (table names ns earlier t))
          "" ]
