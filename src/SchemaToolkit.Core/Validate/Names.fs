namespace SchemaToolkit.Validating

open System
open SchemaToolkit

/// Names: what may be one, and which may not stand beside each other.
[<RequireQualifiedAccess>]
module internal Names =
    let private identifier part (problems: string list) (name: string) advice =
        problems
        |> List.map (fun problem -> Fault.at part "invalid-name" $"The name '{name}' {problem}." advice)

    let private plain part what name = identifier part (Identifier.problems name) name $"Give the {what} another name."

    let private joined part what name =
        identifier part (Identifier.objectProblems name) name $"Give the {what} another name."

    /// Every named object of one table with how it is checked.
    let private ofTable (table: Table) =
        let on make = fun name -> make (table.Name, name)

        [ yield! joined (PartId.Table table.Name) "table" table.Name.Name
          for column in table.Columns do
              let part = PartId.Column(table.Name, column.Name)
              yield! plain part "column" column.Name

              if Identifier.systemColumns.Contains column.Name then
                  Fault.at
                      part
                      "system-column"
                      $"PostgreSQL has a system column '{column.Name}' in every table."
                      "Give the column another name."
          for index in table.Indexes do
              let part = PartId.Index(table.Name, index.Name)

              yield!
                  identifier
                      part
                      (Identifier.objectProblems index.Name)
                      index.Name
                      "Give the index a name of its own with Index.named."
          for name, part, what in
              [ for key in Option.toList table.PrimaryKey -> key.Name, on PartId.PrimaryKey key.Name, "primary key"
                for unique in table.Uniques -> unique.Name, on PartId.Unique unique.Name, "unique constraint"
                for check in table.Checks -> check.Name, on PartId.Check check.Name, "check"
                for fk in table.ForeignKeys -> fk.Name, on PartId.ForeignKey fk.Name, "foreign key"
                for policy in table.Policies -> policy.Name, on PartId.Policy policy.Name, "policy" ] do
              yield! plain part what name ]

    /// Groups of names that one engine or the other takes for the same.
    let private clashes (items: (string * 'T) list) =
        items
        |> List.groupBy (fst >> Fault.fold)
        |> List.map snd
        |> List.filter (fun group -> group.Length > 1)

    let private columns (table: Table) =
        table.Columns
        |> List.map (fun column -> column.Name, ())
        |> clashes
        |> List.map (fun group ->
            let names = group |> List.map fst
            let part = PartId.Column(table.Name, List.last names)

            match List.distinct names with
            | [ name ] ->
                Fault.at
                    part
                    "duplicate-column"
                    $"The column '{name}' is declared {names.Length} times."
                    "Keep one of them."
            | different ->
                Fault.at
                    part
                    "case-clash"
                    $"The columns {Fault.list different} differ only in case, which SQLite does not see."
                    "Give one of them another name.")

    let private constraints (table: Table) =
        Table.constraints table
        |> List.map (fun definition -> definition.Name, definition)
        |> clashes
        |> List.map (fun group ->
            let name = fst group.Head
            let parts = group |> List.map (snd >> Fault.constraintPart table.Name)

            Fault.at
                (List.last parts)
                "duplicate-constraint"
                $"""'{name}' names {parts |> List.map string |> String.concat " and "}."""
                "Give one of them another name, or leave it out if it says the same twice.")

    let private policies (table: Table) =
        table.Policies
        |> List.map _.Name
        |> Fault.repeated
        |> List.map (fun name ->
            Fault.at
                (PartId.Policy(table.Name, name))
                "duplicate-policy"
                $"The policy '{name}' is declared more than once."
                "Give one of them another name.")

    let private tableOf (part: PartId) =
        match part with
        | PartId.Namespace _
        | PartId.Enum _
        | PartId.Object _ -> None
        | PartId.Table table
        | PartId.Column(table, _)
        | PartId.PrimaryKey(table, _)
        | PartId.Unique(table, _)
        | PartId.ForeignKey(table, _)
        | PartId.Check(table, _)
        | PartId.Index(table, _)
        | PartId.RowSecurity table
        | PartId.Policy(table, _) -> Some table

    let private isConstraint (part: PartId) =
        match part with
        | PartId.PrimaryKey _
        | PartId.Unique _
        | PartId.ForeignKey _
        | PartId.Check _ -> true
        | PartId.Namespace _
        | PartId.Enum _
        | PartId.Table _
        | PartId.Column _
        | PartId.Index _
        | PartId.RowSecurity _
        | PartId.Policy _
        | PartId.Object _ -> false

    /// Parts of one namespace that share a name space: what the engines keep in one list.
    let private inOneSpace space (entries: (string * PartId) list) =
        entries
        |> clashes
        // Constraints of one table are `duplicate-constraint` already.
        |> List.filter (fun group ->
            not (
                group |> List.forall (snd >> isConstraint)
                && group |> List.distinctBy (snd >> tableOf) |> List.length = 1
            ))
        |> List.map (fun group ->
            let parts = group |> List.map snd
            let last = List.last parts
            let named = parts |> List.map string |> String.concat " and "

            match List.distinct parts with
            | [ PartId.Table table ] ->
                Fault.at
                    last
                    "duplicate-table"
                    $"The table '{table}' is declared {parts.Length} times."
                    "Keep one of them."
            | [ PartId.Enum enum ] ->
                Fault.at
                    last
                    "duplicate-enum"
                    $"The enum '{enum}' is declared {parts.Length} times."
                    "Keep one of them."
            | _ ->
                Fault.at
                    last
                    "name-clash"
                    $"'{fst group.Head}' names {named}; {space} share one name space, on SQLite without regard to case."
                    "Give one of them another name.")

    let private relations (schema: Schema) =
        [ for table in schema.Tables do
              let ns = table.Name.Namespace
              ns, (table.Name.Name, PartId.Table table.Name)

          // What a table that is declared twice holds would be reported twice as well.
          for table in schema.Tables |> List.distinctBy _.Name do
              let ns = table.Name.Namespace

              for index in table.Indexes do
                  ns, (index.Name, PartId.Index(table.Name, index.Name))

              for key in Option.toList table.PrimaryKey do
                  ns, (key.Name, PartId.PrimaryKey(table.Name, key.Name))

              for unique in table.Uniques do
                  ns, (unique.Name, PartId.Unique(table.Name, unique.Name)) ]

    /// PostgreSQL makes a row type for each table, beside the enums.
    let private types (schema: Schema) =
        [ for enum in schema.Enums do
              enum.Name.Namespace, (enum.Name.Name, PartId.Enum enum.Name)
          for table in schema.Tables do
              table.Name.Namespace, (table.Name.Name, PartId.Table table.Name) ]

    let private spaces name entries =
        entries
        |> List.groupBy fst
        |> List.collect (fun (_, group) -> group |> List.map snd |> inOneSpace name)

    let private isOnlyTables (error: SchemaError) = error.Code = "duplicate-table"

    let private pluginId (plugin: string) =
        let odd problem =
            Fault.whole
                "invalid-plugin"
                $"The plugin id '{plugin}' {problem}."
                "Use the full name it is published under."

        [ if String.IsNullOrEmpty plugin then
              odd "is empty"
          else
              if plugin |> Seq.exists Char.IsControl then
                  odd "holds a control character"

              if plugin |> Seq.exists Char.IsWhiteSpace then
                  odd "holds white space"

              if plugin.Contains '"' || plugin.Contains '\'' || plugin.Contains '`' then
                  odd "holds a quote"

              if plugin.Length > 214 then
                  odd "is longer than 214 characters" ]

    let private namespaces (schema: Schema) =
        let advice = "Choose one with Schema.inNamespace."

        let used =
            [ schema.Namespace
              for table in schema.Tables do
                  table.Name.Namespace
              for enum in schema.Enums do
                  enum.Name.Namespace
              for object in schema.Objects do
                  if object.Kind <> ObjectKind.Extension then
                      object.Key.Name.Namespace ]
            |> List.distinct

        [ for ns in used do
              let part = PartId.Namespace ns

              for problem in Namespace.problems ns do
                  Fault.at part "invalid-namespace" $"The namespace '{ns}' {problem}." advice

              if ns.EndsWith '_' then
                  Fault.at
                      part
                      "invalid-namespace"
                      $"The namespace '{ns}' ends with '_', so that on SQLite it could not be told from the names in it."
                      advice

              if Fault.fold ns = Namespace.host && schema.Plugin <> Namespace.host then
                  Fault.at
                      part
                      "host-namespace"
                      $"The namespace '{Namespace.host}' is the host's own; a plugin does not put tables there."
                      "Use Schema.forPlugin, or Schema.forHost if this is the host."

              if schema.Plugin = Namespace.host && Fault.fold ns <> Namespace.host then
                  Fault.at
                      part
                      "host-namespace"
                      $"The id '{Namespace.host}' is the host's, whose tables live in the namespace '{Namespace.host}', not in '{ns}'."
                      "Use Schema.forHost, or give the plugin an id of its own." ]

    let schema (schema: Schema) : SchemaError list =
        [ yield! pluginId schema.Plugin
          yield! namespaces schema
          for enum in schema.Enums do
              yield! joined (PartId.Enum enum.Name) "enum" enum.Name.Name
          for table in schema.Tables do
              yield! ofTable table
              yield! columns table
              yield! constraints table
              yield! policies table
          yield! spaces "tables, indexes, primary keys and unique constraints" (relations schema)
          yield! spaces "tables and enums" (types schema) |> List.filter (isOnlyTables >> not) ]
