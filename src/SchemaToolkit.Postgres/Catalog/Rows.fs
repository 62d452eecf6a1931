namespace SchemaToolkit.Postgres

open Npgsql
open SchemaToolkit

/// A part of a table together with the table's oid, or a remark about something Core has no word for.
[<RequireQualifiedAccess>]
type internal Found<'T> =
    | Part of table: int64 * part: 'T
    | Remark of text: string

/// A row for one column of an index.
type internal IndexRow =
    {
        Table: int64
        Index: IndexDef
        Valid: bool
        /// Left: a key part; right: a column carried along.
        Part: Choice<IndexPart, string>
    }

/// One reader for each question of `CatalogQueries`, field by field in the order of its SELECT.
[<RequireQualifiedAccess>]
module internal CatalogRows =
    /// A text that must be there when its object is.
    let private textOf (name: string) (isThere: bool) (i: int) (r: NpgsqlDataReader) : SqlText option =
        match Field.optional i r with
        | Some text -> Some(SqlText.raw text)
        | None when isThere -> raise (CatalogMoved name)
        | None -> None

    let table (r: NpgsqlDataReader) : int64 * Table * string list =
        let name = ObjectName.create (Field.text 1 r) (Field.text 2 r)
        let enabled, forced = Field.flag 3 r, Field.flag 4 r

        Field.oid 0 r,
        { Name = name
          Columns = []
          PrimaryKey = None
          Uniques = []
          ForeignKeys = []
          Checks = []
          Indexes = []
          RowSecurity =
            (match enabled, forced with
             | false, _ -> RowSecurity.Disabled
             | true, false -> RowSecurity.Enabled
             | true, true -> RowSecurity.Forced)
          Policies = []
          PartitionBy = textOf (string name) (Field.flag 9 r) 8 r
          WithoutRowId = false
          Comment = Field.optional 5 r
          Shared = false
          RenamedFrom = [] },
        [ if Field.text 6 r = "u" then
              $"table {name} is unlogged"
          if forced && not enabled then
              $"table {name} forces row security without enabling it"
          if Field.flag 7 r then
              $"table {name} takes part in inheritance" ]

    let column (nameOf: int64 -> string) (r: NpgsqlDataReader) : Found<ColumnDef> =
        let table, name = Field.oid 0 r, Field.text 1 r
        // A domain's base, itself perhaps an array.
        let over = if r.IsDBNull 19 then None else Decode.readType 19 22 25 18 27 None r

        // One expression serves as default or as the formula of a generated column.
        let expression = textOf name (Field.flag 14 r) 13 r
        let generated = Field.text 12 r

        match Decode.readType 2 5 8 18 17 over r with
        | None -> Found.Remark $"column {nameOf table}.{name} of type {Field.text 17 r}"
        | Some columnType ->
            Found.Part(
                table,
                { Name = name
                  Type = columnType
                  Nullable = not (Field.flag 10 r)
                  Default =
                    if generated = "" then
                        expression |> Option.map ColumnDefault.Expression
                    else
                        None
                  Identity = Decode.identity (Field.text 11 r)
                  Generated =
                    if generated = "" then
                        None
                    else
                        expression |> Option.map (fun text -> { Expression = text; Stored = (generated = "s") })
                  Collation = Field.optional 15 r
                  Comment = Field.optional 16 r
                  RenamedFrom = [] }
            )

    let constraintOf (nameOf: int64 -> string) (r: NpgsqlDataReader) : Found<Constraint> list =
        let table, name = Field.oid 0 r, Field.text 1 r
        let columns = Field.texts 3 r
        let remark what = Found.Remark $"constraint {name} of {nameOf table}: {what}"
        let deferrability = Decode.deferrability (Field.flag 10 r) (Field.flag 11 r)

        [ if not (Field.flag 12 r) then
              remark "not validated"
          match Field.text 2 r with
          | "p" ->
              if deferrability <> Deferrability.NotDeferrable || Field.flag 17 r then
                  remark "a primary key that is deferrable or includes further columns"

              Found.Part(table, Constraint.PrimaryKey { Name = name; Columns = columns })
          | "u" ->
              if Field.flag 17 r then
                  remark "a unique constraint that includes further columns"

              Found.Part(
                  table,
                  Constraint.Unique
                      { Name = name
                        Columns = columns
                        NullsNotDistinct = Field.flag 16 r
                        Deferrability = deferrability }
              )
          | "f" ->
              if Field.text 9 r <> "s" then
                  remark "MATCH FULL"

              if Field.flag 14 r then
                  remark "ON DELETE SET for some columns only"

              Found.Part(
                  table,
                  Constraint.ForeignKey
                      { Name = name
                        Columns = columns
                        Target = ObjectName.create (Field.text 4 r) (Field.text 5 r)
                        TargetColumns = Field.texts 6 r
                        OnDelete = Decode.action (Field.text 7 r)
                        OnUpdate = Decode.action (Field.text 8 r)
                        Deferrability = deferrability }
              )
          | "c" ->
              if Field.flag 13 r then
                  remark "NO INHERIT"

              match textOf name true 15 r with
              | Some text -> Found.Part(table, Constraint.Check { Name = name; Expression = text; OnlyOn = [] })
              | None -> ()
          // The question asks for no other kind.
          | _ -> () ]

    let index (r: NpgsqlDataReader) : IndexRow =
        let descending, nulls = Decode.order (Field.number 12 r)

        { Table = Field.oid 0 r
          Valid = Field.flag 5 r
          Index =
            { Name = Field.text 1 r
              Parts = []
              Unique = Field.flag 3 r
              Method = Field.text 2 r
              Include = []
              Where = textOf (Field.text 1 r) (Field.flag 7 r) 6 r
              NullsNotDistinct = Field.flag 4 r
              With = Decode.settings (Field.texts 8 r)
              OnlyOn = [] }
          Part =
            if Field.flag 9 r then
                Choice1Of2
                    { Target =
                        (match Field.optional 10 r, textOf (Field.text 1 r) (r.IsDBNull 10) 11 r with
                         | Some column, _ -> IndexTarget.Column column
                         | None, Some text -> IndexTarget.Expression text
                         | None, None -> raise (CatalogMoved(Field.text 1 r)))
                      Descending = descending
                      Nulls = nulls
                      OpClass = Field.optional 13 r
                      Collation = Field.optional 14 r }
            else
                Choice2Of2(Field.optional 10 r |> Option.defaultValue "") }

    let policy (r: NpgsqlDataReader) : int64 * Policy =
        Field.oid 0 r,
        { Name = Field.text 1 r
          Command = Decode.policyCommand (Field.text 2 r)
          Permissive = Field.flag 3 r
          Roles = Field.texts 4 r
          Using = textOf (Field.text 1 r) (Field.flag 7 r) 5 r
          WithCheck = textOf (Field.text 1 r) (Field.flag 8 r) 6 r
          OnlyOn = [] }

    let enum (r: NpgsqlDataReader) : EnumType =
        { Name = ObjectName.create (Field.text 0 r) (Field.text 1 r)
          Values = Field.texts 2 r
          RenamedFrom = [] }
