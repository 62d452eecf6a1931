namespace SchemaToolkit

/// The words for decoders: `row { let! id = Row.column T.id and! name = Row.column T.name in return id, name }`.
[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Row =
    let private field<'T> (source: RowSource) (allowsNull: bool) : Row<'T> =
        let convert = Materialise<'T>.Convert

        let compile (context: RowContext) =
            let read = RowRead.boxed source allowsNull context
            fun reader -> convert (read reader)

        Row<'T>([ source ], compile)

    /// A column. NULL is None where the column is optional, else an error naming it.
    let column (column: Column<'T>) : Row<'T> =
        let byReference = not typeof<'T>.IsValueType && column.Definition.Nullable
        field (RowSource.Column column) (Materialise<'T>.HoldsNull || byReference)

    /// An aggregate, a bucket of time or another expression.
    let expression (expression: Expression<'T>) : Row<'T> =
        let source = RowSource.Expression expression

        match expression.WhenNull with
        | null -> field source Materialise<'T>.HoldsNull
        | instead ->
            Row<'T>(
                [ source ],
                fun context ->
                    let read = RowRead.boxed source true context
                    fun reader -> read reader |> Option.ofObj |> Option.defaultValue instead |> unbox<'T>
            )

    /// A column of free SQL by its name in the result.
    let named<'T> (name: string) : Row<'T> =
        field (RowSource.Named(name, ClrType.columnType typeof<'T>)) Materialise<'T>.HoldsNull

    /// A column of free SQL by its place in the result, from zero.
    let at<'T> (ordinal: int) : Row<'T> =
        field (RowSource.At(ordinal, ClrType.columnType typeof<'T>)) Materialise<'T>.HoldsNull

    /// The first column of free SQL.
    let scalar<'T> : Row<'T> = at<'T> 0

    /// A record by reflection; see `RowCodec.record`.
    let record<'R> (table: Table) : Row<'R> = (RowCodec.record<'R> table).Decoder

    let map (f: 'A -> 'B) (row: Row<'A>) : Row<'B> = Row<'B>(row.Fields, fun context -> row.Compile context >> f)

    /// A value that reads nothing.
    let constant (value: 'T) : Row<'T> = Row<'T>([], fun _ _ -> value)

    /// Several fields as an array of `ColumnType.clrType` values; a field's flag says whether NULL is read, as null.
    let values (fields: (RowSource * bool) list) : Row<objnull array> =
        let compile (context: RowContext) =
            let readers =
                fields
                |> List.map (fun (source, allowsNull) -> RowRead.boxed source allowsNull context)
                |> Array.ofList

            fun reader -> readers |> Array.map (fun read -> read reader)

        Row<objnull array>(List.map fst fields, compile)

    /// Two decoders as one.
    let both (first: Row<'A>) (second: Row<'B>) : Row<'A * 'B> =
        Row<'A * 'B>(
            first.Fields @ second.Fields,
            fun context ->
                let readFirst = first.Compile context
                let readSecond = second.Compile context
                fun reader -> readFirst reader, readSecond reader
        )

/// Builds decoders: `row { let! a = … and! b = … return … }`. Applicative, so the fields are known before a row is read.
[<Sealed>]
type RowBuilder internal () =
    member _.BindReturn(row: Row<'A>, f: 'A -> 'B) : Row<'B> = Row.map f row
    member _.MergeSources(first: Row<'A>, second: Row<'B>) : Row<'A * 'B> = Row.both first second
    member _.Return(value: 'T) : Row<'T> = Row.constant value
    member _.ReturnFrom(row: Row<'T>) : Row<'T> = row

[<AutoOpen>]
module RowSyntax =
    /// See `RowBuilder`.
    let row = RowBuilder()
