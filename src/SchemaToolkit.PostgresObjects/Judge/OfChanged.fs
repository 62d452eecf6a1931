namespace SchemaToolkit.PostgresObjects

open SchemaToolkit

/// What changes in place mean for rows and for programs.
[<RequireQualifiedAccess>]
module internal OfChanged =
    let private retyped (object: PgObject) (table: string) (a: ColumnFacts) (b: ColumnFacts) =
        let name = PgHazard.name object.Address
        let change = $"{a.Type} to {b.Type}"
        let hazard code kind message advice = PgHazard.create code kind object.Address message advice

        let values =
            [ if not (TypeWords.isWritten a.Type b.Type) then
                  hazard
                      "failing-cast"
                      HazardKind.MayFailOnRows
                      $"Where values of {name} cannot be converted from {change}, PostgreSQL refuses it."
                      "Correct these rows, or keep the type and add a second column."
              if not (TypeWords.keepsOrFails a.Type b.Type) then
                  hazard
                      "lossy-cast"
                      HazardKind.LosesData
                      $"Changing {name} from {change} may cut, round or alter values."
                      "Look at the values that would change, choose a wider type, or add a second column." ]

        [ match TypeWords.classify a.Type b.Type with
          | TypeChange.Widening -> ()
          | TypeChange.Narrowing -> yield! values
          | TypeChange.Conversion ->
              yield! values

              hazard
                  "change-type"
                  HazardKind.ChangesContract
                  $"{name} changes from {change}; programs that read it must change with it."
                  "Apply it when every program that reads the column is ready, or add a second column."
          if TypeWords.rewrites a.Type b.Type then
              hazard
                  "type-rewrites-table"
                  HazardKind.RewritesTable
                  $"Changing {name} from {change} writes every row of {table} again; nobody reads or writes it meanwhile."
                  "Apply it when the table is quiet, or add a second column, copy in batches and change over." ]

    let private column (object: PgObject) (a: ColumnFacts) (b: ColumnFacts) =
        let name = PgHazard.name object.Address
        let table = object.Parent |> Option.map PgHazard.name |> Option.defaultValue ""
        let hazard code kind message advice = PgHazard.create code kind object.Address message advice

        [ if a.Type <> b.Type then
              yield! retyped object table a b
          elif a.Collation <> b.Collation then
              hazard
                  "collation-rebuilds-indexes"
                  HazardKind.BlocksReads
                  $"Changing the collation of {name} builds the indexes on it anew; nobody reads or writes {table} meanwhile."
                  PgHazard.quietTime
          if a.Generated <> b.Generated && b.Generated |> Option.exists (fun (kind, _) -> kind = "s") then
              hazard
                  "column-rewrites-table"
                  HazardKind.RewritesTable
                  $"{name} is computed for every row, and {table} written again; nobody reads or writes it meanwhile."
                  PgHazard.quietTime
          match a.NotNull, b.NotNull with
          | false, true ->
              hazard
                  "null-values"
                  HazardKind.MayFailOnRows
                  $"Where {name} holds NULL, PostgreSQL refuses NOT NULL."
                  "Fill these rows first, or keep the column optional."

              hazard
                  "not-null-scans-table"
                  HazardKind.BlocksReads
                  $"Making {name} NOT NULL reads every row; nobody reads or writes {table} meanwhile."
                  PgHazard.quietTime
          | true, false ->
              hazard
                  "allow-null"
                  HazardKind.BreaksOldCode
                  $"Programs that read {name} may now meet NULL."
                  "Deploy the readers first."
          | true, true
          | false, false -> () ]

    let private enum (plan: Judged) (object: PgObject) (a: EnumFacts) (b: EnumFacts) =
        let name = PgHazard.name object.Address
        let removed = a.Values |> List.except b.Values
        let isRemade = b.Values |> List.filter (fun v -> List.contains v a.Values) <> a.Values

        let columns =
            [ for KeyValue(address, found) in plan.From.Objects do
                  if
                      address.Kind = Kind.Column
                      && (Words.needs plan.From address).Contains object.Address
                      && found.Parent |> Option.exists (PgHazard.stays plan)
                  then
                      address ]

        [ if not removed.IsEmpty && not columns.IsEmpty then
              let values = removed |> List.map (fun v -> $"'{v}'") |> String.concat ", "
              let holders = columns |> List.map PgHazard.name |> String.concat ", "

              PgHazard.create
                  "enum-value-in-use"
                  HazardKind.MayFailOnRows
                  object.Address
                  $"Where {holders} holds {values}, which leaves the enum {name}, PostgreSQL refuses it."
                  "Change these rows to a value that stays. If a value has a new name, rename it first (ALTER TYPE … RENAME VALUE)."
          for column in (if isRemade then columns else []) do
              PgHazard.create
                  "enum-rewrites-table"
                  HazardKind.RewritesTable
                  column
                  $"Replacing the enum {name} writes {PgHazard.name column} and every row with it again; nobody reads or writes the table meanwhile."
                  "Keep the values that are there and add new ones, or apply it when the table is quiet." ]

    let private composite
        (object: PgObject)
        (a: PostgresObjects.CompositeAttribute list)
        (b: PostgresObjects.CompositeAttribute list)
        =
        [ for before in a do
              let attribute = { object.Address with Kind = Kind.Attribute; Part = before.Name }
              let name = PgHazard.name attribute

              match b |> List.tryFind (fun after -> after.Name = before.Name) with
              | None ->
                  PgHazard.create
                      "drop-attribute"
                      HazardKind.DropsObject
                      attribute
                      $"Dropping the attribute {name} deletes it from every value of the type."
                      "If it has a new name, rename it first (ALTER TYPE … RENAME ATTRIBUTE) and compare again."
              | Some after when after.Type <> before.Type ->
                  PgHazard.create
                      "failing-cast"
                      HazardKind.MayFailOnRows
                      attribute
                      $"Where values of {name} cannot be converted from {before.Type} to {after.Type}, PostgreSQL refuses it."
                      "Correct these values first, or add a second attribute."
              | Some _ -> () ]

    let private table (object: PgObject) (a: TableFacts) (b: TableFacts) =
        let name = PgHazard.name object.Address
        let hazard code kind message advice = PgHazard.create code kind object.Address message advice

        [ if a.Persistence <> b.Persistence || a.AccessMethod <> b.AccessMethod || a.Tablespace <> b.Tablespace then
              hazard
                  "table-rewrites"
                  HazardKind.RewritesTable
                  $"Every row of {name} is written to another place; nobody reads or writes it meanwhile."
                  PgHazard.quietTime
          if a.Persistence <> b.Persistence && b.Persistence = Persistence.Unlogged then
              hazard
                  "unlogged-table"
                  HazardKind.Irreversible
                  $"{name} becomes unlogged: a crash of the server empties it, and replicas lose it."
                  "Let it be logged if its rows cannot be had again."
          if a.RowSecurity && not b.RowSecurity then
              hazard
                  "row-security-off"
                  HazardKind.ChangesContract
                  $"Row-level security of {name} is switched off: who may read the table sees every row."
                  "Make sure that nobody but its owner may read it." ]

    let hazards (plan: Judged) (before: PgObject) (after: PgObject) : PgHazard list =
        match before.Facts, after.Facts with
        | Facts.Column a, Facts.Column b when after.Parent |> Option.exists (fun p -> p.Kind = Kind.Table) ->
            column after a b
        | Facts.Enum a, Facts.Enum b -> enum plan after a b
        | Facts.Table a, Facts.Table b -> table after a b
        | Facts.Composite a, Facts.Composite b -> composite after a b
        | Facts.Constraint a, Facts.Constraint b -> OfNew.ofValidated after a b
        | Facts.Domain a, Facts.Domain b ->
            let name = PgHazard.name after.Address

            [ if a.BaseType <> b.BaseType then
                  PgHazard.create
                      "failing-cast"
                      HazardKind.MayFailOnRows
                      after.Address
                      $"Where values of the domain {name} cannot be converted from {a.BaseType} to {b.BaseType}, PostgreSQL refuses it."
                      "Correct these values first."
              if b.NotNull && not a.NotNull then
                  PgHazard.create
                      "null-values"
                      HazardKind.MayFailOnRows
                      after.Address
                      $"Where columns of the domain {name} hold NULL, PostgreSQL refuses NOT NULL."
                      "Fill these rows first, or keep the domain optional." ]
        | Facts.Extension a, Facts.Extension b when a.Version <> b.Version ->
            [ PgHazard.create
                  "update-extension"
                  HazardKind.ChangesContract
                  after.Address
                  $"The extension {after.Address.Name} goes from version {a.Version} to {b.Version}."
                  "Read what its release notes say of the way from one to the other." ]
        | _ -> []
