namespace SchemaToolkit.PostgresObjects

/// How a column is written.
[<RequireQualifiedAccess>]
module ColumnText =
    let private storageWord letter =
        match letter with
        | "p" -> "PLAIN"
        | "e" -> "EXTERNAL"
        | "m" -> "MAIN"
        | _ -> "EXTENDED"

    /// `(START WITH 1 …)` of an identity or a sequence.
    let sequenceOptions (s: SequenceFacts) =
        [ $"INCREMENT BY {s.Increment}"
          $"MINVALUE {s.Minimum}"
          $"MAXVALUE {s.Maximum}"
          $"START WITH {s.Start}"
          $"CACHE {s.Cache}"
          if s.Cycle then
              "CYCLE" ]
        |> String.concat " "

    /// Whether a position of the old sequence may lie outside the new one's bounds, which the engine refuses.
    let mustRestart (before: SequenceFacts) (after: SequenceFacts) =
        before.Start < after.Minimum || before.Start > after.Maximum

    /// The numbers of a new sequence go on after those that the rows of `table` have. Neither where there are none nor where
    /// theirs lie outside of its bounds.
    let goOn (sequence: string) (table: string) (column: string) (s: SequenceFacts) : string =
        let last, reaches = if s.Increment > 0L then "max", ">=" else "min", "<="
        let number = $"{last}({Quote.name column})"

        $"SELECT pg_catalog.setval({Quote.text sequence}, {number}) FROM {table} HAVING {number} {reaches} {s.Start} AND {number} BETWEEN {s.Minimum} AND {s.Maximum}"

    let sequenceName (tabbed: string) =
        match tabbed.Split '\t' with
        | [| schema; name |] -> Quote.qualified schema name
        | _ -> Quote.name tabbed

    let identity (i: IdentityFacts) =
        let mode = if i.Always then "ALWAYS" else "BY DEFAULT"
        $"GENERATED {mode} AS IDENTITY (SEQUENCE NAME {sequenceName i.SequenceName} {sequenceOptions i.Sequence})"

    let private expression (database: PgDatabase) (column: PgObject) =
        let address = { column.Address with Kind = Kind.Default }

        database.Objects.TryFind address
        |> Option.map Facts.columnDefault
        |> Option.filter (fun d -> not d.Generated)
        |> Option.map _.Expression

    /// As part of a column's definition; one that is not validated cannot be said there.
    let private notNull (database: PgDatabase) (column: PgObject) (facts: ColumnFacts) =
        match facts.NotNullConstraint with
        | None when database.Version >= 180000 ->
            // Left to itself the engine avoids the names of tables that are about to go.
            let derived = $"{column.Address.Name}_{column.Address.Part}_not_null"
            [ $"CONSTRAINT {Quote.name (Words.truncated derived)} NOT NULL" ]
        | Some(_, _, false) -> []
        | Some(name, noInherit, true) ->
            let tail = if noInherit then " NO INHERIT" else ""
            [ $"CONSTRAINT {Quote.name name} NOT NULL{tail}" ]
        | None -> [ "NOT NULL" ]

    /// PostgreSQL 18, as a clause of ALTER TABLE.
    let addNotNull (column: string) (name: string, noInherit: bool, validated: bool) =
        let noInherit = if noInherit then " NO INHERIT" else ""
        let notValid = if validated then "" else " NOT VALID"
        $"ADD CONSTRAINT {Quote.name name} NOT NULL {Quote.name column}{noInherit}{notValid}"

    /// As in CREATE TABLE and ADD COLUMN.
    let definition (context: Context) (column: PgObject) =
        let facts = Facts.column column
        let database = context.To
        let isApart = context.Apart.Contains { column.Address with Kind = Kind.Default }

        [ Quote.name column.Address.Part
          facts.Type
          yield! ForeignOptions.create (ForeignOptions.ofCatalog facts.ForeignOptions)
          match facts.Collation with
          | Some name -> $"COLLATE {name}"
          | None -> ()
          match facts.Generated with
          | Some(kind, text) ->
              let stored = if kind = "s" then " STORED" else " VIRTUAL"
              $"GENERATED ALWAYS AS ({text}){stored}"
          | None ->
              match expression database column with
              | Some text when not isApart -> $"DEFAULT {text}"
              | Some _
              | None -> ()
          if facts.NotNull then
              yield! notNull database column facts
          match facts.Identity with
          | Some i -> identity i
          | None -> () ]
        |> String.concat " "

    let private alter (table: Address) (column: PgObject) =
        let word = if table.Kind = Kind.ForeignTable then "FOREIGN TABLE" else "TABLE"
        $"ALTER {word} ONLY {Quote.qualified table.Schema table.Name} ALTER COLUMN {Quote.name column.Address.Part}"

    /// What CREATE TABLE cannot say.
    let settings (table: Address) (column: PgObject) : string list =
        let facts = Facts.column column
        let alter = alter table column

        [ match facts.NotNullConstraint with
          | Some(name, noInherit, false) ->
              $"ALTER TABLE {Quote.qualified table.Schema table.Name} {addNotNull column.Address.Part (name, noInherit, false)}"
          | Some(_, _, true)
          | None -> ()
          match facts.Statistics with
          | Some target -> $"{alter} SET STATISTICS {target}"
          | None -> ()
          match facts.Storage with
          | Some letter -> $"{alter} SET STORAGE {storageWord letter}"
          | None -> ()
          match facts.Compression with
          | Some letter ->
              let name = if letter = "l" then "lz4" else "pglz"
              $"{alter} SET COMPRESSION {name}"
          | None -> ()
          if not facts.Options.IsEmpty then
              let list = String.concat ", " facts.Options
              $"{alter} SET ({list})" ]

    /// A column that a parent or a type gives may have a default of its own, and NOT NULL.
    let overrides (database: PgDatabase) (table: Address) (column: PgObject) : string list =
        let facts = Facts.column column
        let alter = alter table column

        [ match expression database column with
          | Some text -> $"{alter} SET DEFAULT {text}"
          | None ->
              if facts.Generated.IsNone && facts.Identity.IsNone then
                  $"{alter} DROP DEFAULT"
          if facts.NotNull then
              $"{alter} SET NOT NULL" ]

    /// Whether a parent has a default that the column has not.
    let private lacksDefault (database: PgDatabase) (column: PgObject) =
        let facts = Facts.column column

        facts.Generated.IsNone
        && facts.Identity.IsNone
        && (expression database column).IsNone
        && Words.inheritedFrom database column |> List.exists (fun p -> (expression database p).IsSome)

    /// A new table takes these of the tables it inherits from, where it does not say otherwise.
    let resets (database: PgDatabase) (table: Address) (column: PgObject) : string list =
        let facts = Facts.column column
        let parents = Words.inheritedFrom database column |> List.map Facts.column
        let alter = alter table column

        [ if lacksDefault database column then
              $"{alter} DROP DEFAULT"
          if facts.Storage.IsNone && parents |> List.exists _.Storage.IsSome then
              $"{alter} SET STORAGE {storageWord facts.TypeStorage}"
          if facts.Compression.IsNone && parents |> List.exists _.Compression.IsSome then
              $"{alter} SET COMPRESSION default" ]

    /// What a column that came with those of some parents has otherwise than they. Its default is an object of its own.
    let beside (database: PgDatabase) (parents: PgObject list) (table: Address) (column: PgObject) : string list =
        let facts = Facts.column column
        let alter = alter table column

        [ if lacksDefault database column then
              $"{alter} DROP DEFAULT"
          if facts.NotNull && parents |> List.forall (fun p -> not (Facts.column p).NotNull) then
              match facts.NotNullConstraint with
              // Set ONLY there, it would not be passed on.
              | None when database.Version >= 180000 ->
                  let derived = Words.truncated $"{table.Name}_{column.Address.Part}_not_null"
                  $"ALTER TABLE {Quote.qualified table.Schema table.Name} {addNotNull column.Address.Part (derived, false, true)}"
              | Some named ->
                  $"ALTER TABLE {Quote.qualified table.Schema table.Name} {addNotNull column.Address.Part named}"
              | None -> $"{alter} SET NOT NULL"
          yield! settings table column ]

    /// The differences of what `settings` sets.
    let changeSettings (table: Address) (column: PgObject) (a: ColumnFacts) (b: ColumnFacts) : string list =
        let alter = alter table column

        [ if a.Statistics <> b.Statistics then
              $"{alter} SET STATISTICS {Option.defaultValue -1 b.Statistics}"
          if a.Storage <> b.Storage then
              let word = b.Storage |> Option.defaultValue b.TypeStorage |> storageWord
              $"{alter} SET STORAGE {word}"
          if a.Compression <> b.Compression then
              let name =
                  match b.Compression with
                  | Some "l" -> "lz4"
                  | Some _ -> "pglz"
                  | None -> "default"

              $"{alter} SET COMPRESSION {name}"
          yield! Words.changeOptions alter a.Options b.Options ]
