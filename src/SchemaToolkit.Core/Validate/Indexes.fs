namespace SchemaToolkit.Validating

open System
open SchemaToolkit

/// Indexes and policies.
[<RequireQualifiedAccess>]
module internal Indexes =
    let private methods = [ "btree"; "hash"; "gin"; "gist"; "spgist"; "brin"; "hnsw"; "ivfflat" ]

    /// Access methods that can carry further columns (PostgreSQL manual, CREATE INDEX).
    let private carrying = [ "btree"; "gist"; "spgist" ]

    /// Access methods that hold one column only.
    let private single = [ "hash"; "spgist"; "hnsw"; "ivfflat" ]

    let private isWord (text: string) =
        text <> "" && text |> Seq.forall (fun c -> Char.IsAsciiLetterOrDigit c || c = '_')

    /// Storage parameters stand in SQL without quotes, so only plain words and numbers pass.
    let private isPlain (text: string) =
        text <> ""
        && text
           |> Seq.forall (fun c -> Char.IsAsciiLetterOrDigit c || c = '_' || c = '.' || c = '-' || c = '+')

    let private part (schema: Schema) (at: PartId) (index: IndexDef) (table: Table) (part: IndexPart) =
        let isBtree = index.Method = "btree"

        [ match part.Target with
          | IndexTarget.Column _ -> ()
          | IndexTarget.Expression sql ->
              let known = table.Columns |> List.map _.Name
              yield! Texts.check at "The expression of the index" (Texts.Tables.Forbidden schema) known sql

          for name in Option.toList part.OpClass do
              for problem in Identifier.problems name do
                  Fault.at at "invalid-opclass" $"The operator class '{name}' {problem}." "Name one that exists."

          for name in Option.toList part.Collation do
              for problem in Option.toList (Columns.collationProblem name) do
                  Fault.at at "invalid-collation" $"The collation '{name}' {problem}." "Name one that exists."

          if (part.Descending || part.Nulls <> NullsOrder.Default) && not isBtree then
              Fault.at
                  at
                  "index-order"
                  $"An index of method {index.Method} has no order."
                  "Leave out descending and nulls, or use btree." ]

    let private index (schema: Schema) (table: Table) (index: IndexDef) =
        let at = PartId.Index(table.Name, index.Name)

        let columns =
            index.Parts
            |> List.choose (fun part ->
                match part.Target with
                | IndexTarget.Column column -> Some column
                | IndexTarget.Expression _ -> None)

        let known = table.Columns |> List.map _.Name

        [ if not (List.contains index.Method methods) then
              Fault.at
                  at
                  "unknown-method"
                  $"There is no index method '{index.Method}'."
                  (Fault.suggest methods index.Method)

          if index.Parts.IsEmpty then
              Fault.at at "empty-key" "The index has no parts." "Name at least one column or expression."
          elif not columns.IsEmpty then
              // The same column may stand there twice with different operator classes.
              yield! Keys.columns at "The index" table (List.distinct columns)

          for repeated in Fault.repeated index.Parts do
              let name =
                  match repeated.Target with
                  | IndexTarget.Column column -> column
                  | IndexTarget.Expression sql -> SqlText.describe sql

              Fault.at at "duplicate-key-column" $"The index names '{name}' more than once." "Name it once."

          for definition in index.Parts do
              yield! part schema at index table definition

          if index.Method = "btree" then
              for name in List.distinct columns do
                  match Table.tryColumn name table with
                  | Some column when column.Type = ColumnType.Json ->
                      Fault.at
                          at
                          "not-comparable"
                          $"The index names the column '{name}', but values of type json cannot be compared."
                          "Make the column jsonb (Column.json), or index an expression."
                  | Some _
                  | None -> ()

          if index.Parts.Length > 1 && List.contains index.Method single then
              Fault.at
                  at
                  "index-columns"
                  $"An index of method {index.Method} holds one column, not {index.Parts.Length}."
                  "Make one index for each."

          if index.Unique && index.Method <> "btree" then
              Fault.at at "index-unique" $"An index of method {index.Method} cannot be unique." "Use btree."

          if index.NullsNotDistinct && not index.Unique then
              Fault.at
                  at
                  "index-nulls"
                  "Whether NULLs are distinct is a question only to a unique index."
                  "Add Index.unique, or leave out Index.nullsNotDistinct."

          if not index.Include.IsEmpty then
              if not (List.contains index.Method carrying) then
                  Fault.at
                      at
                      "index-include"
                      $"An index of method {index.Method} carries no further columns."
                      $"Use one of {Fault.list carrying}, or leave out Index.including."

              yield! Keys.columns at "The index" table index.Include

              for name in index.Include do
                  if List.contains name columns then
                      Fault.at
                          at
                          "duplicate-key-column"
                          $"The index carries the column '{name}', by which it is already ordered."
                          "Name it once."

          for sql in Option.toList index.Where do
              yield! Texts.check at "The predicate of the index" (Texts.Tables.Forbidden schema) known sql

          for name, value in index.With do
              if not (isWord name && isPlain value) then
                  Fault.at
                      at
                      "index-parameter"
                      $"The storage parameter '{name}' = '{value}' is not a word with a plain value."
                      "Give parameters as in Index.parameter \"m\" \"16\"."

          for name in Fault.repeated (List.map fst index.With) do
              Fault.at
                  at
                  "index-parameter"
                  $"The storage parameter '{name}' is given more than once."
                  "Keep one of them."

          yield! Texts.onlyOn at index.OnlyOn ]

    let private policy (schema: Schema) (table: Table) (policy: Policy) =
        let at = PartId.Policy(table.Name, policy.Name)
        let known = table.Columns |> List.map _.Name

        [ match policy.Command with
          | PolicyCommand.Insert when policy.Using.IsSome ->
              Fault.at
                  at
                  "policy-clause"
                  "A policy for insert looks at new rows only and has no USING."
                  "Use Policy.withCheck."
          | PolicyCommand.Select
          | PolicyCommand.Delete when policy.WithCheck.IsSome ->
              Fault.at
                  at
                  "policy-clause"
                  "A policy for select or delete writes no rows and has no WITH CHECK."
                  "Use Policy.using."
          | PolicyCommand.Insert
          | PolicyCommand.Select
          | PolicyCommand.Delete
          | PolicyCommand.Update
          | PolicyCommand.All -> ()

          for sql in Option.toList policy.Using do
              yield! Texts.check at "USING of the policy" Texts.Tables.Allowed known sql

          for sql in Option.toList policy.WithCheck do
              yield! Texts.check at "WITH CHECK of the policy" Texts.Tables.Allowed known sql

          // Another namespace is another plugin's: `Validate.together` looks there.
          for name in
              [ policy.Using; policy.WithCheck ] |> List.choose id |> List.collect SqlText.tables |> List.distinct do
              if
                  name.Namespace = schema.Namespace
                  && (Schema.tryTable name schema).IsNone
                  && not (schema.Objects |> List.exists (fun o -> o.Key.Name = name))
              then
                  let known = schema.Tables |> List.map (fun t -> t.Name.Name)

                  Fault.at
                      at
                      "unknown-table"
                      $"The policy names the table '{name}', which is not declared in the schema."
                      (Fault.suggest known name.Name)

          for role in policy.Roles do
              for problem in Identifier.problems role do
                  Fault.at at "invalid-role" $"The role '{role}' {problem}." "Name a role of the database."

              if Fault.fold role = "public" then
                  Fault.at at "invalid-role" $"'{role}' means every role." "Leave out Policy.forRoles."

          yield! Texts.onlyOn at policy.OnlyOn ]

    let schema (schema: Schema) : SchemaError list =
        [ for table in schema.Tables do
              for definition in table.Indexes do
                  yield! index schema table definition

              for definition in table.Policies do
                  yield! policy schema table definition ]
