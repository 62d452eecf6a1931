namespace SchemaToolkit

open System
open System.Buffers.Text
open System.Text
open System.Text.Json

/// Places between rows: the key of the last row of a page, as text that callers hand back without looking into it.
[<RequireQualifiedAccess>]
module internal Cursor =
    let private broken (table: Table) : 'T =
        DataError.definition
            (string table.Name)
            $"The text given is no page marker of {table.Name}."
            "Hand back Page.Next as it was, or None for the first page."
        |> DataError.raiseIt

    let write (values: obj list) : string =
        let elements =
            values |> List.map (fun value -> JsonSerializer.SerializeToElement(value, value.GetType()))

        JsonSerializer.SerializeToUtf8Bytes elements |> Base64Url.EncodeToString

    let read (table: Table) (columns: ColumnDef list) (text: string) : obj list =
        try
            let elements = JsonSerializer.Deserialize<JsonElement array>(Base64Url.DecodeFromChars(text.AsSpan()))

            match elements with
            | NonNull elements when elements.Length = columns.Length ->
                columns
                |> List.mapi (fun i column ->
                    match elements[i].Deserialize(ColumnType.clrType column.Type) with
                    | null -> broken table
                    | value -> value)
            | _ -> broken table
        with
        | :? FormatException
        | :? JsonException -> broken table

    /// The rows after those values in the order of the columns: a row comparison, which a key's index serves.
    let after (columns: ColumnDef list) (values: obj list) : Where =
        let list (make: ColumnDef -> obj -> SqlPart) =
            [ SqlPart.Text "("
              for i, (column, value) in List.indexed (List.zip columns values) do
                  if i > 0 then
                      SqlPart.Text ", "

                  make column value
              SqlPart.Text ")" ]

        let name (column: ColumnDef) _ = SqlPart.Comparable(column.Type, SqlBuild.name column.Name)

        let value (column: ColumnDef) given = SqlPart.Comparable(column.Type, Sql [ SqlPart.Compared(column, given) ])

        { Sql = Sql [ yield! list name; SqlPart.Text " > "; yield! list value ]
          Columns = columns |> List.map ColumnHandle }
