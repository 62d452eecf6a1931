namespace SchemaToolkit.Cli

open SchemaToolkit
open SchemaToolkit.Cli.CSharpText

/// Tables in the words of the builder.
[<RequireQualifiedAccess>]
module internal CSharpTables =
    let private each (properties: Map<string, string>) (columns: string list) =
        columns |> List.map (fun name -> $"x => x.{properties[name]}")

    let private several (parameter: string) (properties: Map<string, string>) (columns: string list) =
        match columns with
        | [ one ] -> $"{parameter} => {parameter}.{properties[one]}"
        | many ->
            let list = many |> List.map (fun name -> $"{parameter}.{properties[name]}") |> String.concat ", "
            $"{parameter} => new {{ {list} }}"

    let private lambda (declared: SqlText) = text declared |> Option.defaultValue "" |> sql |> sprintf "x => %s"

    let private deferrability (found: Deferrability) =
        match found with
        | Deferrability.NotDeferrable -> []
        | Deferrability.InitiallyImmediate -> [ "Deferrable()" ]
        | Deferrability.InitiallyDeferred -> [ "Deferred()" ]

    let private foreignKey (names: CSharpNames) (table: Table) properties (key: ForeignKey) =
        let target = names.Records[key.Target]
        let mine = several "x" properties key.Columns
        let theirs = several "y" names.Properties[key.Target] key.TargetColumns

        chain
            $"t.References<{target}>({mine}, {theirs})"
            [ if key.Name <> Identifier.derive table.Name.Name key.Columns "fkey" then
                  $"Named({q key.Name})"
              if key.OnDelete <> ReferentialAction.NoAction then
                  $"OnDelete(ReferentialAction.{key.OnDelete})"
              if key.OnUpdate <> ReferentialAction.NoAction then
                  $"OnUpdate(ReferentialAction.{key.OnUpdate})"
              yield! deferrability key.Deferrability ]

    let private unique (table: Table) properties (u: Unique) =
        let columns = each properties u.Columns |> String.concat ", "

        chain
            $"t.Unique({columns})"
            [ if u.Name <> Identifier.derive table.Name.Name u.Columns "key" then
                  $"Named({q u.Name})"
              if u.NullsNotDistinct then
                  "NullsNotDistinct()"
              yield! deferrability u.Deferrability ]

    let private engines (onlyOn: string list) =
        onlyOn |> List.map (fun engine -> $"OnlyOn(Engine.{CodeText.pascal engine})")

    let private index (table: Table) (properties: Map<string, string>) (i: IndexDef) =
        let part (p: IndexPart) =
            match p.Target with
            | IndexTarget.Column column -> $"x => x.{properties[column]}"
            | IndexTarget.Expression declared -> lambda declared

        let details (p: IndexPart) =
            [ if p.Descending then
                  "Descending()"
              match p.Nulls with
              | NullsOrder.Default -> ()
              | NullsOrder.First -> "NullsFirst()"
              | NullsOrder.Last -> "NullsLast()"
              match p.OpClass with
              | Some name -> $"OpClass({q name})"
              | None -> ()
              match p.Collation with
              | Some name -> $"Collate({q name})"
              | None -> () ]

        let columnOf (p: IndexPart) =
            match p.Target with
            | IndexTarget.Column column -> column
            | IndexTarget.Expression _ -> "expr"

        match i.Parts with
        | [] -> ""
        | first :: rest ->
            chain
                $"t.Index({part first})"
                [ yield! details first
                  for p in rest do
                      $"ThenBy({part p})"
                      yield! details p
                  if i.Name <> Identifier.derive table.Name.Name (List.map columnOf i.Parts) "idx" then
                      $"Named({q i.Name})"
                  if i.Unique then
                      "Unique()"
                  if i.Method <> "btree" then
                      $"Using({q i.Method})"
                  if not i.Include.IsEmpty then
                      let columns = each properties i.Include |> String.concat ", "
                      $"Including({columns})"
                  match i.Where with
                  | Some where -> $"Where({lambda where})"
                  | None -> ()
                  if i.NullsNotDistinct then
                      "NullsNotDistinct()"
                  for name, value in i.With do
                      $"Parameter({q name}, {q value})"
                  yield! engines i.OnlyOn ]

    let private policy (p: Policy) =
        chain
            $"t.Policy({q p.Name}, PolicyCommand.{p.Command})"
            [ match p.Using with
              | Some found -> $"Using({lambda found})"
              | None -> ()
              match p.WithCheck with
              | Some found -> $"WithCheck({lambda found})"
              | None -> ()
              if not p.Permissive then
                  "Restrictive()"
              if not p.Roles.IsEmpty then
                  let roles = p.Roles |> List.map q |> String.concat ", "
                  $"ForRoles({roles})"
              yield! engines p.OnlyOn ]

    let private privilege (name: string) = "Privilege." + CodeText.pascal (name.ToLowerInvariant())

    /// What belongs to the table and is an object of its own.
    let private own (object: SchemaObject) : string list =
        let plain word arguments =
            [ chain
                  (call word arguments)
                  [ match object.Comment with
                    | Some text -> $"Comment({q text})"
                    | None -> ()
                    yield! engines object.OnlyOn ] ]

        match object.Body with
        | ObjectBody.Trigger definition -> plain "t.Trigger" [ q object.Part; lambda definition ]
        | ObjectBody.Exclusion definition -> plain "t.Exclusion" [ q object.Part; lambda definition ]
        | ObjectBody.Partition(_, bound) ->
            plain "t.Partition" [ q object.Name.Name; text bound |> Option.defaultValue "" |> sql ]
        | ObjectBody.Grant privileges -> [ call "t.Grant" (q object.Part :: List.map privilege privileges) + ";" ]
        | _ -> []

    /// The table's entry in the schema.
    let code (names: CSharpNames) (objects: SchemaObject list) (t: Table) : string =
        let properties = names.Properties[t.Name]

        let said =
            [ for c in t.Columns do
                  yield! CSharpColumns.words names properties c
              match t.PrimaryKey with
              | Some key when key.Name = Identifier.derive t.Name.Name [] "pkey" ->
                  call "t.PrimaryKey" (each properties key.Columns) + ";"
              | Some key -> call "t.PrimaryKeyNamed" (q key.Name :: each properties key.Columns) + ";"
              | None -> ()
              yield! t.Uniques |> List.map (unique t properties)
              yield! t.ForeignKeys |> List.map (foreignKey names t properties)
              for check in t.Checks do
                  call "t.CheckNamed" [ q check.Name; lambda check.Expression ] + ";"
              yield! t.Indexes |> List.map (index t properties)
              match t.RowSecurity with
              | RowSecurity.Disabled -> ()
              | RowSecurity.Enabled -> "t.RowSecurity();"
              | RowSecurity.Forced -> "t.RowSecurity(forced: true);"
              yield! t.Policies |> List.map policy
              match t.PartitionBy with
              | Some key -> call "t.PartitionBy" [ lambda key ] + ";"
              | None -> ()
              if t.WithoutRowId then
                  "t.WithoutRowId();"
              if t.Shared then
                  "t.Shared();"
              match t.Comment with
              | Some text -> $"t.Comment({q text});"
              | None -> ()
              yield! objects |> List.collect own ]

        let start = $"s.Table<{names.Records[t.Name]}>({q t.Name.Name}"

        match said with
        | [] -> start + ");"
        | _ ->
            let body = said |> List.map (CodeText.indent 4) |> String.concat "\n"
            $"{start}, t =>\n{{\n{body}\n}});"
