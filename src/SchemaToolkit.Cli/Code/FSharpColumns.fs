namespace SchemaToolkit.Cli

open System
open SchemaToolkit
open SchemaToolkit.Cli.FSharpText

/// Columns in the words of `Column`.
[<RequireQualifiedAccess>]
module internal FSharpColumns =
    let rec private domain (ns: string) (columnType: ColumnType) : string =
        match columnType with
        | ColumnType.Domain(name, over) -> $"ColumnType.Domain({objectName ns name}, {domain ns over})"
        | other -> CodeText.enclosed "(" ")" (shown other)

    let rec private column (names: FSharpNames) (ns: string) (name: string) (columnType: ColumnType) : string =
        match columnType with
        | ColumnType.Uuid -> $"Column.uuid {name}"
        | ColumnType.Text -> $"Column.text {name}"
        | ColumnType.Varchar length -> $"Column.varchar {length} {name}"
        | ColumnType.Char length -> $"Column.char {length} {name}"
        | ColumnType.SmallInt -> $"Column.smallint {name}"
        | ColumnType.Integer -> $"Column.integer {name}"
        | ColumnType.BigInt -> $"Column.bigint {name}"
        | ColumnType.Real -> $"Column.real {name}"
        | ColumnType.Double -> $"Column.double {name}"
        | ColumnType.Numeric None -> $"Column.numeric {name}"
        | ColumnType.Numeric(Some p) -> $"Column.decimal {p.Precision} {p.Scale} {name}"
        | ColumnType.Boolean -> $"Column.boolean {name}"
        | ColumnType.Date -> $"Column.date {name}"
        | ColumnType.Time -> $"Column.time {name}"
        | ColumnType.LocalTimestamp -> $"Column.localTimestamp {name}"
        | ColumnType.Timestamp -> $"Column.timestamp {name}"
        | ColumnType.Interval -> $"Column.interval {name}"
        | ColumnType.Json -> $"Column.jsonText {name}"
        | ColumnType.Jsonb -> $"Column.json {name}"
        | ColumnType.Bytea -> $"Column.bytea {name}"
        | ColumnType.Vector dimensions -> $"Column.vector {dimensions} {name}"
        | ColumnType.Enum enum ->
            match names.Enums.TryFind enum with
            | Some declared -> $"Column.enum Enums.{declared} {name}"
            | None -> $"Column.ofType<string> (ColumnType.Enum {objectName ns enum}) {name}"
        | ColumnType.Other sql -> $"Column.other {q sql} {name}"
        | ColumnType.Named own -> $"Column.ofType<string> (ColumnType.Named {objectName ns own}) {name}"
        | ColumnType.Domain _ ->
            let clr = (ColumnType.clrType columnType).FullName
            $"Column.ofType<{clr}> ({domain ns columnType}) {name}"
        | ColumnType.Array element -> $"Column.array ({column names ns name element})"

    let private literal (columnType: ColumnType) (value: Literal) : string option =
        let number (text: string) =
            if text.StartsWith '-' then
                $"(Default.value ({text}))"
            else
                $"(Default.value {text})"

        match columnType, value with
        | ColumnType.Jsonb, Literal.Text "{}" -> Some "Default.emptyObject"
        | ColumnType.Jsonb, Literal.Text "[]" -> Some "Default.emptyArray"
        | ColumnType.Boolean, Literal.Boolean value ->
            Some(if value then "(Default.value true)" else "(Default.value false)")
        | ColumnType.SmallInt, Literal.Integer value -> Some(number $"{value}s")
        | ColumnType.Integer, Literal.Integer value -> Some(number $"{value}")
        | ColumnType.BigInt, Literal.Integer value -> Some(number $"{value}L")
        | (ColumnType.Text | ColumnType.Varchar _ | ColumnType.Char _ | ColumnType.Enum _), Literal.Text value ->
            Some $"(Default.value {q value})"
        | _ -> None

    let private defaultValue (columnType: ColumnType) (value: ColumnDefault) : string =
        let whole () = $"(Default<_>({shown value}))"

        match value with
        | ColumnDefault.NewUuid when columnType = ColumnType.Uuid -> "Default.newUuid"
        | ColumnDefault.Now when columnType = ColumnType.Timestamp -> "Default.now"
        | ColumnDefault.Now when columnType = ColumnType.LocalTimestamp -> "Default.localNow"
        | ColumnDefault.Expression(SqlText.Portable [ SqlFragment.Text text ]) -> $"(Default.sql {q text})"
        | ColumnDefault.Literal found -> literal columnType found |> Option.defaultWith whole
        | ColumnDefault.NewUuid
        | ColumnDefault.Now
        | ColumnDefault.Expression _ -> whole ()

    let columnCode (names: FSharpNames) ns (c: ColumnDef) =
        pipe
            (column names ns (q c.Name) c.Type)
            [ match c.Default with
              | Some value -> $"Column.defaultsTo {defaultValue c.Type value}"
              | None -> ()
              match c.Identity with
              | Some Identity.Always -> "Column.identity"
              | Some Identity.ByDefault -> "Column.identityByDefault"
              | None -> ()
              match c.Generated with
              | Some { Expression = sql; Stored = stored } ->
                  let word = if stored then "generatedAs" else "virtualAs"
                  $"Column.{word} {sqlText sql}"
              | None -> ()
              match c.Collation with
              | Some collation -> $"Column.collate {q collation}"
              | None -> ()
              match c.Comment with
              | Some text -> $"Column.comment {q text}"
              | None -> ()
              for old in List.rev c.RenamedFrom do
                  $"Column.renamedFrom {q old}"
              if c.Nullable then
                  "Column.optional" ]

    /// A column that has no handle here is named by one made on the spot.
    let handle (columns: Map<string, string>) (name: string) =
        columns.TryFind name |> Option.defaultWith (fun () -> $"Column.text {q name}")

    let handles (columns: Map<string, string>) (names: string list) = names |> List.map (handle columns) |> list

    /// A single pair is put in parentheses, else the compiler asks whether a semicolon was meant.
    let pairList (pairs: (string * string) list) =
        match pairs with
        | [ first, second ] -> $"[ ({first}, {second}) ]"
        | many -> many |> List.map (fun (first, second) -> $"{first}, {second}") |> list

    let action (value: ReferentialAction) = $"ReferentialAction.{value}"
