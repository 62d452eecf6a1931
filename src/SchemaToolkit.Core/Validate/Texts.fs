namespace SchemaToolkit.Validating

open System
open SchemaToolkit

/// Declared SQL: its holes, and the engines it is for. The text between the holes is the engine's to judge.
[<RequireQualifiedAccess>]
module internal Texts =
    let private engines = [ "postgres"; "sqlite" ]

    /// Whether tables may be named in a text; in most places the engines allow no subquery.
    [<RequireQualifiedAccess>]
    type Tables =
        /// Functions, sequences and types of the schema may be named.
        | Forbidden of schema: Schema
        | Allowed

    let onlyOn part (names: string list) : SchemaError list =
        [ for name in names do
              if not (List.contains name engines) then
                  Fault.at part "unknown-engine" $"There is no engine '{name}'." (Fault.suggest engines name) ]

    let private blank (fragments: SqlFragment list) =
        fragments
        |> List.forall (function
            | SqlFragment.Text text -> String.IsNullOrWhiteSpace text
            | SqlFragment.Column _
            | SqlFragment.Table _ -> false)

    let private holdsNul (fragments: SqlFragment list) =
        fragments
        |> List.exists (function
            | SqlFragment.Text text -> text.Contains '\000'
            | SqlFragment.Column _
            | SqlFragment.Table _ -> false)

    /// `what` is how the text is called in messages: "The check", "The predicate of the index" …
    let check part (what: string) (tables: Tables) (known: string list) (text: SqlText) : SchemaError list =
        let versions =
            match text with
            | SqlText.Portable fragments -> [ fragments ]
            | SqlText.PerEngine texts -> List.map snd texts

        [ match text with
          | SqlText.Portable _ -> ()
          | SqlText.PerEngine texts ->
              let names = List.map fst texts

              if names.IsEmpty then
                  Fault.at part "empty-sql" $"{what} has no text for any engine." "Give it one, or leave it out."

              yield! onlyOn part names

              for name in Fault.repeated names do
                  Fault.at part "duplicate-engine" $"{what} has more than one text for '{name}'." "Keep one of them."

          if List.exists blank versions then
              Fault.at part "empty-sql" $"{what} is empty." "Write the SQL, or leave it out."

          if List.exists holdsNul versions then
              Fault.at part "invalid-sql" $"{what} holds the character NUL." "Leave it out."

          for column in SqlText.columns text do
              if not (List.contains column known) then
                  Fault.at
                      part
                      "unknown-column"
                      $"{what} names the column '{column}', which the table does not have."
                      (Fault.suggest known column)

          match tables with
          | Tables.Allowed -> ()
          | Tables.Forbidden schema ->
              for table in SqlText.tables text do
                  if
                      not (
                          schema.Objects
                          |> List.exists (fun o -> o.Key.Name = table && (Schema.tryTable table schema).IsNone)
                      )
                  then
                      Fault.at
                          part
                          "no-subquery"
                          $"{what} names the table '{table}', but may look only at its own row."
                          "Use a foreign key, or a policy, for what concerns other tables." ]
