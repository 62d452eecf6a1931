namespace SchemaToolkit.Postgres

open SchemaToolkit
open SchemaToolkit.Diffing

/// Statements for changes of a column's type, and what must stand aside meanwhile.
[<RequireQualifiedAccess>]
module internal LowerType =
    let private alter (table: ObjectName) (action: string) = $"ALTER TABLE {Quote.object table} {action}"

    let private alterColumn table column action = alter table $"ALTER COLUMN {Quote.name column} {action}"

    /// Checks and indexes whose text names the column. The server would read their old text again, with the old type's
    /// constants in it; made anew from their source in the target they are what a fresh database has.
    let private dependants
        (extensions: Extensions)
        (target: Schema)
        (table: Table)
        (column: string)
        : (string * string) list =
        let declared = Schema.tryTable table.Name target

        let source (own: 'a) (named: string) (parts: Table -> 'a list) (nameOf: 'a -> string) =
            declared
            |> Option.bind (fun t -> parts t |> List.tryFind (fun part -> nameOf part = named))
            |> Option.defaultValue own

        let names sql = Uses.textColumns table sql |> List.contains column

        let inIndex (index: IndexDef) =
            let inPart (part: IndexPart) =
                match part.Target with
                | IndexTarget.Column _ -> false
                | IndexTarget.Expression sql -> names sql

            List.exists inPart index.Parts || (index.Where |> Option.exists names)

        [ for check in table.Checks do
              if names check.Expression then
                  alter table.Name $"DROP CONSTRAINT {Quote.name check.Name}",
                  alter
                      table.Name
                      $"ADD {Render.constraintOf (Constraint.Check(source check check.Name _.Checks _.Name))}"
          for index in table.Indexes do
              if inIndex index then
                  let name = Quote.object { table.Name with Name = index.Name }

                  $"DROP INDEX {name}",
                  Render.createIndex extensions table.Name (source index index.Name _.Indexes _.Name) ]

    let private defaultAround (c: ColumnDef) (table: ObjectName) (restore: bool) : string list * string list =
        match c.Default with
        | None -> [], []
        | Some value ->
            [ alterColumn table c.Name "DROP DEFAULT" ],
            [ if restore then
                  alterColumn table c.Name $"SET DEFAULT {Render.columnDefault c.Type value}" ]

    /// `restoreDefault` is false when a later step of the plan sets the default anyway.
    let change
        (extensions: Extensions)
        (target: Schema)
        (table: Table)
        (c: ColumnDef)
        (after: ColumnType)
        (restoreDefault: bool)
        : string list =
        let aside = dependants extensions target table c.Name
        let dropDefault, setDefault = defaultAround { c with Type = after } table.Name restoreDefault
        let using = Casts.convert extensions c.Type after (Quote.name c.Name)

        [ yield! List.map fst aside
          yield! dropDefault
          alterColumn table.Name c.Name $"TYPE {Render.typeOf extensions after c.Collation} USING {using}"
          yield! setDefault
          yield! List.map snd aside ]

    let collation (extensions: Extensions) (table: ObjectName) (c: ColumnDef) (after: string option) : string list =
        if PgType.isCollatable c.Type then
            let collation = after |> Option.defaultValue "default"
            [ alterColumn table c.Name $"TYPE {Render.typeOf extensions c.Type (Some collation)}" ]
        else
            // The type that took the collation is gone already.
            []

    /// The old type makes room for a new one of its name, which the columns then take over.
    let replaceEnum
        (extensions: Extensions)
        (target: Schema)
        (current: Schema)
        (before: EnumType)
        (after: EnumType)
        : string list =
        let users =
            [ for table in current.Tables do
                  for column in table.Columns do
                      if ColumnType.enumName column.Type = Some before.Name then
                          table, column ]

        let aside = users |> List.collect (fun (t, c) -> dependants extensions target t c.Name) |> List.distinct
        let defaults = users |> List.map (fun (t, c) -> defaultAround c t.Name true)
        let old = { before.Name with Name = Identifier.shorten $"{before.Name.Name}__old" }

        [ yield! List.map fst aside
          yield! List.collect fst defaults
          $"ALTER TYPE {Quote.object before.Name} RENAME TO {Quote.name old.Name}"
          Render.createEnum after
          for t, c in users do
              let using = Casts.throughText extensions c.Type (Quote.name c.Name)
              alterColumn t.Name c.Name $"TYPE {PgType.render extensions c.Type} USING {using}"
          yield! List.collect snd defaults
          yield! List.map snd aside
          $"DROP TYPE {Quote.object old}" ]

    /// Each new value is put behind the one that stands before it in the new list.
    let addEnumValues (before: EnumType) (after: EnumType) : string list =
        let place i =
            match i, before.Values with
            | 0, first :: _ -> $" BEFORE {Quote.text first}"
            | 0, [] -> ""
            | _ -> $" AFTER {Quote.text after.Values[i - 1]}"

        [ for i, value in List.indexed after.Values do
              if not (List.contains value before.Values) then
                  $"ALTER TYPE {Quote.object after.Name} ADD VALUE {Quote.text value}{place i}" ]
