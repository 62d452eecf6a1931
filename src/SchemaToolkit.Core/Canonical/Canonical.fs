namespace SchemaToolkit

open System
open System.Security.Cryptography
open System.Text
open System.Text.Json

/// A schema as one line of JSON, always the same for equal schemas, and its hash. The ledger keeps both.
/// Keys stand in ordinal order, defaults and rename hints are left out, what has no order is sorted by name.
[<RequireQualifiedAccess>]
module Canonical =
    /// The number under `"format"`. Another layout gets another number and a reader for this one.
    let format = 1

    /// The value that `parse` gives back: sorted where order means nothing, without rename hints.
    let normalise (schema: Schema) : Schema = Normalise.schema schema

    /// Compact JSON, one line.
    let serialize (schema: Schema) : string = Normalise.schema schema |> WriteSchema.schema format |> JsonTree.render

    /// SHA-256 of a text's UTF-8 bytes, in lower-case hexadecimal digits.
    let sha256 (text: string) : string = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes text))

    /// SHA-256 of `serialize`, in lower-case hexadecimal digits.
    let hash (schema: Schema) : string = sha256 (serialize schema)

    let private checkFormat (element: JsonElement) =
        match element.ValueKind with
        | JsonValueKind.Object ->
            match element.TryGetProperty "format" with
            | true, value ->
                match Decode.int "$.format" value with
                | Ok found when found = format -> Ok()
                | Ok found ->
                    Error
                        [ $"$.format is {found}; this version of the toolkit reads format {format}. A newer one wrote the text: use that, or a later one." ]
                | Error errors -> Error errors
            | false, _ -> Error [ "$.format is missing: the text is not a schema written by the toolkit." ]
        | _ -> Decode.wrong "$" "an object" element

    /// Reads what `serialize` wrote. Every error names its JSON path; nothing is thrown.
    let parse (text: string) : Result<Schema, string list> =
        try
            use document = JsonDocument.Parse text
            let root = document.RootElement

            checkFormat root
            |> Result.bind (fun () -> ReadSchema.schema "$" root)
            |> Result.map Normalise.schema
        with
        | :? JsonException as error -> Error [ $"The text is not JSON: {error.Message}" ]
        | :? ArgumentException as error -> Error [ $"The text is not JSON: {error.Message}" ]

    /// The JSON of a table with everything in it.
    let table (table: Table) : string = Normalise.table table |> Write.table |> JsonTree.render

    /// SHA-256 of `table`, in lower-case hexadecimal digits.
    let hashOf (definition: Table) : string = sha256 (table definition)

    let column (column: ColumnDef) : string = Normalise.column column |> Write.column |> JsonTree.render

    /// Under the name of its kind: `{"check":{…}}`.
    let definition (definition: Constraint) : string =
        Normalise.definition definition |> Write.definition |> JsonTree.render

    let index (index: IndexDef) : string = Normalise.index index |> Write.index |> JsonTree.render
    let policy (policy: Policy) : string = Normalise.policy policy |> Write.policy |> JsonTree.render
    let enum (enum: EnumType) : string = Normalise.enum enum |> Write.enum |> JsonTree.render

    let object (object: SchemaObject) : string = Normalise.object object |> WriteSchema.object |> JsonTree.render

    let sqlText (text: SqlText) : string = Normalise.sqlText text |> Write.sqlText |> JsonTree.render
