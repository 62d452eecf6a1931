namespace SchemaToolkit.Postgres

open Npgsql
open SchemaToolkit

/// A column's type as the catalog holds it.
type internal TypeRow =
    {
        Name: string
        Namespace: string
        /// `b`ase, `e`num, `d`omain …
        Kind: string
        Modifier: int
        Dimensions: int
        /// The type belongs to the extension `vector`.
        OfVector: bool
        /// As `format_type` prints it, without the brackets of an array.
        Text: string
        /// What a domain stands on, where it has been asked.
        Over: ColumnType option
    }

/// From what the catalog holds to Core's values; None for a domain over something that was not asked.
[<RequireQualifiedAccess>]
module internal Decode =
    let private scalar (row: TypeRow) : ColumnType option =
        let builtIn = row.Namespace = "pg_catalog"
        // The length of varchar and char carries the four bytes of their header.
        let length = row.Modifier - 4

        let name = ObjectName.create row.Namespace row.Name
        let other = Some(ColumnType.Other row.Text)

        match row.Name with
        | _ when row.Kind = "e" -> Some(ColumnType.Enum name)
        | _ when row.Kind = "d" && builtIn -> other
        | _ when row.Kind = "d" -> row.Over |> Option.map (fun over -> ColumnType.Domain(name, over))
        | "vector" when row.OfVector && row.Modifier > 0 -> Some(ColumnType.Vector row.Modifier)
        | _ when not builtIn && (row.Kind = "c" || row.Kind = "r" || row.Kind = "m") -> Some(ColumnType.Named name)
        | _ when not builtIn -> other
        | "varchar" when length > 0 -> Some(ColumnType.Varchar length)
        | "bpchar" when length > 0 -> Some(ColumnType.Char length)
        | "numeric" when row.Modifier < 0 -> Some(ColumnType.Numeric None)
        | "numeric" ->
            // Precision in the upper half, scale as an 11-bit signed number in the lower.
            let precision = (length >>> 16) &&& 0xffff
            let scale = ((length &&& 0x7ff) ^^^ 1024) - 1024
            Some(ColumnType.Numeric(Some { Precision = precision; Scale = scale }))
        | _ when row.Modifier >= 0 -> other
        | "uuid" -> Some ColumnType.Uuid
        | "text" -> Some ColumnType.Text
        | "int2" -> Some ColumnType.SmallInt
        | "int4" -> Some ColumnType.Integer
        | "int8" -> Some ColumnType.BigInt
        | "float4" -> Some ColumnType.Real
        | "float8" -> Some ColumnType.Double
        | "bool" -> Some ColumnType.Boolean
        | "date" -> Some ColumnType.Date
        | "time" -> Some ColumnType.Time
        | "timestamp" -> Some ColumnType.LocalTimestamp
        | "timestamptz" -> Some ColumnType.Timestamp
        | "interval" -> Some ColumnType.Interval
        | "json" -> Some ColumnType.Json
        | "jsonb" -> Some ColumnType.Jsonb
        | "bytea" -> Some ColumnType.Bytea
        | _ -> other

    let textOf (formatted: string) =
        if formatted.EndsWith("[]", System.StringComparison.Ordinal) then
            formatted.Substring(0, formatted.Length - 2)
        else
            formatted

    /// `element` is given for arrays; their modifier is the element's.
    let columnType (isArray: bool) (row: TypeRow) : ColumnType option =
        let decoded = scalar row
        if isArray then decoded |> Option.map ColumnType.Array else decoded

    /// The type of a row, read from `own` (name, namespace, kind), `element` (the same of an array's element, NULL where it
    /// is none), `modifier` (and the dimensions after it), `vector` and `text`; `over` is what a domain stands on.
    let readType (own: int) (element: int) (modifier: int) (vector: int) (text: int) over (r: NpgsqlDataReader) =
        let isArray = not (r.IsDBNull element)
        let at = if isArray then element else own

        columnType
            isArray
            { Name = Field.text at r
              Namespace = Field.text (at + 1) r
              Kind = Field.text (at + 2) r
              Modifier = Field.number modifier r
              Dimensions = (if isArray then Field.number (modifier + 1) r else 0)
              OfVector = Field.flag vector r
              Text = (if isArray then textOf (Field.text text r) else Field.text text r)
              Over = over }

    let action (code: string) =
        match code with
        | "r" -> ReferentialAction.Restrict
        | "c" -> ReferentialAction.Cascade
        | "n" -> ReferentialAction.SetNull
        | "d" -> ReferentialAction.SetDefault
        | _ -> ReferentialAction.NoAction

    let deferrability (deferrable: bool) (deferred: bool) =
        match deferrable, deferred with
        | true, true -> Deferrability.InitiallyDeferred
        | true, false -> Deferrability.InitiallyImmediate
        | false, _ -> Deferrability.NotDeferrable

    let identity (code: string) =
        match code with
        | "a" -> Some Identity.Always
        | "d" -> Some Identity.ByDefault
        | _ -> None

    let policyCommand (code: string) =
        match code with
        | "r" -> PolicyCommand.Select
        | "a" -> PolicyCommand.Insert
        | "w" -> PolicyCommand.Update
        | "d" -> PolicyCommand.Delete
        | _ -> PolicyCommand.All

    /// Bits of pg_index.indoption: 1 is descending, 2 is nulls first.
    let order (option: int) : bool * NullsOrder =
        match option &&& 3 with
        | 0 -> false, NullsOrder.Default
        | 1 -> true, NullsOrder.Last
        | 2 -> false, NullsOrder.First
        | _ -> true, NullsOrder.Default

    /// `["m=16"; "fastupdate=off"]` → sorted pairs.
    let settings (options: string list) : (string * string) list =
        options
        |> List.map (fun option ->
            match option.IndexOf '=' with
            | -1 -> option, ""
            | at -> option.Substring(0, at), option.Substring(at + 1))
        |> List.sort
