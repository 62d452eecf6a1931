namespace SchemaToolkit

open System
open System.Reflection

/// How rows of a table become records and records become rows.
[<NoEquality; NoComparison>]
type RowCodec<'R> =
    {
        Decoder: Row<'R>
        /// The columns that are written, in the order of `Encode`.
        Columns: ColumnDef list
        Encode: 'R -> objnull array
    }

/// One column of a codec that is written out.
[<NoEquality; NoComparison>]
type RowField<'R> = internal { Definition: ColumnDef; Value: 'R -> objnull }

/// The words for codecs.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module RowCodec =
    /// A column and how its value is taken from a record.
    let field (column: Column<'T>) (value: 'R -> 'T) : RowField<'R> =
        { Definition = column.Definition
          Value = fun record -> Optional.unwrap (box (value record)) }

    /// A codec from a decoder and the fields to write.
    let create (decoder: Row<'R>) (fields: RowField<'R> list) : RowCodec<'R> =
        let values = fields |> List.map _.Value |> Array.ofList

        { Decoder = decoder
          Columns = fields |> List.map _.Definition
          Encode = fun record -> values |> Array.map (fun value -> value record) }

    let private mismatches (table: Table) (fields: (RecordField * string) array) =
        let columns = table.Columns |> List.map _.Name |> String.concat ", "

        [ for field, name in fields do
              match table.Columns |> List.tryFind (fun column -> column.Name = name) with
              | None -> $"field {field.Name}: the table has no column {name}; it has {columns}"
              | Some column ->
                  let clr = ColumnType.clrType column.Type
                  let declared = ColumnType.describe column.Type

                  if Optional.inner field.Type <> clr then
                      $"field {field.Name}: column {name} is {declared}, which is {clr.Name}, not {(Optional.inner field.Type).Name}"

                  match column.Nullable, field.AllowsNull with
                  | true, Some false -> $"field {field.Name}: column {name} may be NULL, so the field must be optional"
                  | false, Some true ->
                      $"field {field.Name}: column {name} is NOT NULL, so the field must not be optional"
                  | _ -> ()
          for name, twins in fields |> Array.countBy snd do
              if twins > 1 then
                  $"column {name}: {twins} fields are named after it" ]

    let private generic (name: string) (field: Type) : objnull -> objnull =
        let found =
            typeof<Wrap>.GetMethod(name, BindingFlags.Static ||| BindingFlags.Public ||| BindingFlags.NonPublic)
            |> Unchecked.nonNull

        unbox (found.MakeGenericMethod(field.GetGenericArguments()).Invoke(null, [||]))

    let private forOption (name: string) (field: Type) =
        if Optional.isOption field then Some(generic name field) else None

    /// A codec by reflection over a record whose fields are named like the columns, through a rule of the caller's own.
    /// Every mismatch is told at once. Columns without a field are left out.
    let recordNamed<'R> (naming: PropertyInfo -> string) (table: Table) : RowCodec<'R> =
        let shape = RecordShape.of'<'R>()
        let named = shape.Fields |> Array.map (fun field -> field, naming field.Property)

        match mismatches table named with
        | [] -> ()
        | problems ->
            let list = problems |> List.map (fun problem -> $"\n- {problem}") |> String.concat ""

            DataError.definition
                (string table.Name)
                $"{typeof<'R>.Name} does not match table {table.Name}:{list}"
                "Change the record or the table, or give the codec field by field with RowCodec.create."
            |> DataError.raiseIt

        let definitions =
            named |> Array.map (fun (_, name) -> table.Columns |> List.find (fun column -> column.Name = name))

        let sources = definitions |> Array.map (fun column -> RowSource.Column(ColumnHandle column))
        let wraps = shape.Fields |> Array.map (fun field -> forOption (nameof Wrap.Boxed) field.Type)
        let unwraps = shape.Fields |> Array.map (fun field -> forOption (nameof Wrap.Unboxed) field.Type)

        let compile (context: RowContext) =
            let readers =
                sources
                |> Array.mapi (fun i source ->
                    let read = RowRead.boxed source definitions[i].Nullable context

                    match wraps[i] with
                    | None -> read
                    | Some wrap -> fun reader -> wrap (read reader))

            fun reader ->
                let values = Array.zeroCreate<objnull> readers.Length

                for i in 0 .. readers.Length - 1 do
                    values[i] <- readers[i] reader

                shape.Make.Invoke values

        let encode (record: 'R) =
            let values = shape.Take.Invoke record

            for i in 0 .. values.Length - 1 do
                match unwraps[i] with
                | Some unwrap -> values[i] <- unwrap values[i]
                | None -> ()

            values

        { Decoder = Row<'R>(List.ofArray sources, compile)
          Columns = List.ofArray definitions
          Encode = encode }

    /// `recordNamed` by the frozen rule: field `UserId` is column `user_id`.
    let record<'R> (table: Table) : RowCodec<'R> =
        recordNamed (fun property -> Identifier.snakeCase property.Name) table
