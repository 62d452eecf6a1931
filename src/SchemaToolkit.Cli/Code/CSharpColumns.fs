namespace SchemaToolkit.Cli

open SchemaToolkit
open SchemaToolkit.Cli.CSharpText

/// Columns as properties of records, and what the properties do not say.
[<RequireQualifiedAccess>]
module internal CSharpColumns =
    /// None where no property has that type.
    let rec typeOf (names: CSharpNames) (columnType: ColumnType) : string option =
        match columnType with
        | ColumnType.Uuid -> Some "Guid"
        | ColumnType.Text
        | ColumnType.Varchar _
        | ColumnType.Char _ -> Some "string"
        | ColumnType.SmallInt -> Some "short"
        | ColumnType.Integer -> Some "int"
        | ColumnType.BigInt -> Some "long"
        | ColumnType.Real -> Some "float"
        | ColumnType.Double -> Some "double"
        | ColumnType.Numeric _ -> Some "decimal"
        | ColumnType.Boolean -> Some "bool"
        | ColumnType.Date -> Some "DateOnly"
        | ColumnType.Time -> Some "TimeOnly"
        | ColumnType.LocalTimestamp -> Some "DateTime"
        | ColumnType.Timestamp -> Some "DateTimeOffset"
        | ColumnType.Interval -> Some "TimeSpan"
        | ColumnType.Json
        | ColumnType.Jsonb -> Some "JsonElement"
        | ColumnType.Bytea -> Some "byte[]"
        | ColumnType.Vector _ -> Some "float[]"
        | ColumnType.Enum name -> names.Enums.TryFind name
        | ColumnType.Domain(_, over) -> typeOf names over
        // Their text form.
        | ColumnType.Named _
        | ColumnType.Other _ -> Some "string"
        | ColumnType.Array element ->
            match element with
            | ColumnType.Uuid
            | ColumnType.Text
            | ColumnType.SmallInt
            | ColumnType.Integer
            | ColumnType.BigInt
            | ColumnType.Real
            | ColumnType.Double
            | ColumnType.Numeric None
            | ColumnType.Boolean
            | ColumnType.Date
            | ColumnType.Time
            | ColumnType.LocalTimestamp
            | ColumnType.Timestamp
            | ColumnType.Interval -> typeOf names element |> Option.map (fun name -> name + "[]")
            | _ -> None

    let rec typeWords (name: ObjectName -> string) (columnType: ColumnType) : string list =
        match columnType with
        | ColumnType.Varchar length -> [ $"Varchar({length})" ]
        | ColumnType.Char length -> [ $"Char({length})" ]
        | ColumnType.Numeric(Some p) -> [ $"Numeric({p.Precision}, {p.Scale})" ]
        | ColumnType.Json -> [ "JsonText()" ]
        | ColumnType.Vector dimensions -> [ $"Vector({dimensions})" ]
        | ColumnType.Enum enum -> [ $"AsEnum({q (name enum)})" ]
        | ColumnType.Domain(domain, over) -> typeWords name over @ [ $"InDomain({q (name domain)})" ]
        | ColumnType.Named own -> [ $"OwnType({q (name own)})" ]
        | ColumnType.Other sql -> [ $"OtherType({q sql})" ]
        | _ -> []

    let rec private literal (names: CSharpNames) (columnType: ColumnType) (value: Literal) : string option =
        match columnType, value with
        | ColumnType.Domain(_, over), _ -> literal names over value
        | ColumnType.Jsonb, Literal.Text "{}" -> Some "DefaultsToEmptyObject()"
        | ColumnType.Jsonb, Literal.Text "[]" -> Some "DefaultsToEmptyArray()"
        | ColumnType.Boolean, Literal.Boolean value -> Some(if value then "DefaultsTo(true)" else "DefaultsTo(false)")
        | ColumnType.SmallInt, Literal.Integer value -> Some $"DefaultsTo({value})"
        | ColumnType.Integer, Literal.Integer value -> Some $"DefaultsTo({value})"
        | ColumnType.BigInt, Literal.Integer value -> Some $"DefaultsTo({value}L)"
        | (ColumnType.Text | ColumnType.Varchar _ | ColumnType.Char _), Literal.Text value ->
            Some $"DefaultsTo({q value})"
        | ColumnType.Enum enum, Literal.Text value ->
            names.Values.TryFind enum
            |> Option.bind (fun values -> values.TryFind value)
            |> Option.map (fun case -> $"DefaultsTo({names.Enums[enum]}.{case})")
        | ColumnType.Numeric _, Literal.Number digits -> Some $"DefaultsTo({digits}m)"
        | _ -> None

    let private defaultWord names (columnType: ColumnType) (value: ColumnDefault) : string option =
        match value with
        | ColumnDefault.NewUuid -> Some "DefaultsToNewUuid()"
        | ColumnDefault.Now -> Some "DefaultsToNow()"
        | ColumnDefault.Literal found -> literal names columnType found
        | ColumnDefault.Expression sql -> text sql |> Option.map (fun found -> $"DefaultsToSql({q found})")

    /// Why the column cannot be said; None where it can.
    let problem (names: CSharpNames) (c: ColumnDef) : string option =
        if (typeOf names c.Type).IsNone then
            Some $"no property has the type {ColumnType.describe c.Type}"
        elif c.Default |> Option.exists (fun value -> (defaultWord names c.Type value).IsNone) then
            Some "its default has no form in C#"
        elif c.Generated |> Option.exists (fun g -> (text g.Expression).IsNone) then
            Some "its expression has no form in C#"
        else
            None

    /// A parameter of the record.
    let property (names: CSharpNames) (properties: Map<string, string>) (c: ColumnDef) : string =
        let name = properties[c.Name]
        let typeName = typeOf names c.Type |> Option.defaultValue "object"
        let optional = if c.Nullable then "?" else ""

        let pinned = if Identifier.snakeCase name = c.Name then "" else $"[Column({q c.Name})] "

        $"{pinned}{typeName}{optional} {name}"

    /// What the property does not say; none where it says all.
    let words (names: CSharpNames) (properties: Map<string, string>) (c: ColumnDef) : string list =
        let said =
            [ yield! typeWords _.Name c.Type
              match c.Default |> Option.bind (defaultWord names c.Type) with
              | Some word -> word
              | None -> ()
              match c.Identity with
              | Some Identity.Always -> "IdentityAlways()"
              | Some Identity.ByDefault -> "Identity()"
              | None -> ()
              match c.Generated with
              | Some g ->
                  let word = if g.Stored then "GeneratedAs" else "VirtualAs"
                  $"""{word}(x => {text g.Expression |> Option.defaultValue "" |> sql})"""
              | None -> ()
              match c.Collation with
              | Some collation -> $"Collate({q collation})"
              | None -> ()
              match c.Comment with
              | Some text -> $"Comment({q text})"
              | None -> () ]

        match said with
        | [] -> []
        | _ -> [ chain $"t.Column(x => x.{properties[c.Name]})" said ]
