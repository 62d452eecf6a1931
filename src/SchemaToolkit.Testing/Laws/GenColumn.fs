namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// Generators of types, defaults and columns; opened by the other generators.
module GenColumn =
    /// True in so many of a hundred cases.
    let chance (percent: int) : Gen<bool> = Gen.choose (1, 100) |> Gen.map (fun n -> n <= percent)

    let optional (percent: int) (gen: Gen<'T>) : Gen<'T option> =
        Gen.frequency [ percent, Gen.map Some gen; 100 - percent, Gen.constant None ]

    /// Between `least` and `most` values.
    let several (least: int) (most: int) (gen: Gen<'T>) : Gen<'T list> =
        Gen.choose (least, most) |> Gen.bind (fun n -> Gen.listOfLength n gen)

    /// Some of the items, at most `most`, in any order.
    let someOf (least: int) (most: int) (items: 'T list) : Gen<'T list> =
        gen {
            let! shuffled = Gen.shuffle items
            let! n = Gen.choose (min least items.Length, min most items.Length)
            return shuffled |> Seq.truncate n |> List.ofSeq
        }

    let private scalars =
        [ ColumnType.Uuid
          ColumnType.Text
          ColumnType.Varchar 5
          ColumnType.Varchar 20
          ColumnType.Char 3
          ColumnType.SmallInt
          ColumnType.Integer
          ColumnType.BigInt
          ColumnType.Real
          ColumnType.Double
          ColumnType.Numeric None
          ColumnType.Numeric(Some { Precision = 10; Scale = 2 })
          ColumnType.Numeric(Some { Precision = 12; Scale = 4 })
          ColumnType.Boolean
          ColumnType.Date
          ColumnType.Time
          ColumnType.LocalTimestamp
          ColumnType.Timestamp
          ColumnType.Interval
          ColumnType.Json
          ColumnType.Jsonb
          ColumnType.Bytea ]

    let columnType (profile: Profile) (enums: EnumType list) : Gen<ColumnType> =
        let scalar = Gen.elements scalars
        // Keys, checks and generated columns live on these.
        let usual = Gen.elements [ ColumnType.Integer; ColumnType.Integer; ColumnType.BigInt; ColumnType.Text ]
        let enum = enums |> List.map (fun e -> ColumnType.Enum e.Name)

        Gen.frequency
            [ 8, usual
              8, scalar
              if not enum.IsEmpty then
                  3, Gen.elements enum
              1, scalar |> Gen.map ColumnType.Array
              if profile.EnumArrays && not enum.IsEmpty then
                  1, Gen.elements enum |> Gen.map ColumnType.Array
              if profile.Vectors then
                  1, Gen.elements [ ColumnType.Vector 3; ColumnType.Vector 4 ] ]

    let private text values = values |> List.map (Literal.Text >> ColumnDefault.Literal)

    let rec private defaultsOf (enums: EnumType list) (t: ColumnType) : ColumnDefault list =
        [ match t with
          | ColumnType.Domain(_, over) -> yield! defaultsOf enums over
          | ColumnType.Named _
          | ColumnType.Other _ -> ()
          | ColumnType.Uuid ->
              ColumnDefault.NewUuid
              yield! text [ "3f2504e0-4f89-41d3-9a0c-0305e82c3301" ]
          | ColumnType.Text -> yield! text [ ""; "it's"; "abc" ]
          | ColumnType.Varchar _ -> yield! text [ ""; "abc"; "x'y" ]
          | ColumnType.Char n -> yield! text [ String.replicate n "z" ]
          | ColumnType.SmallInt
          | ColumnType.Integer
          | ColumnType.BigInt ->
              for v in [ 0L; 7L; -3L ] do
                  ColumnDefault.Literal(Literal.Integer v)
          | ColumnType.Real
          | ColumnType.Double
          | ColumnType.Numeric _ ->
              for v in [ "0"; "1.5"; "-2.25" ] do
                  ColumnDefault.Literal(Literal.Number v)
          | ColumnType.Boolean ->
              ColumnDefault.Literal(Literal.Boolean true)
              ColumnDefault.Literal(Literal.Boolean false)
          | ColumnType.Date -> yield! text [ "2024-02-29" ]
          | ColumnType.Time -> yield! text [ "12:34:56.000000" ]
          | ColumnType.LocalTimestamp ->
              ColumnDefault.Now
              yield! text [ "2024-02-29T12:34:56.789000" ]
          | ColumnType.Timestamp ->
              ColumnDefault.Now
              yield! text [ "2024-02-29T12:34:56.789000Z" ]
          | ColumnType.Json
          | ColumnType.Jsonb -> yield! text [ "{}"; "[]" ]
          | ColumnType.Bytea -> ColumnDefault.Literal(Literal.Bytes "00ff")
          | ColumnType.Enum name ->
              yield! enums |> List.filter (fun e -> e.Name = name) |> List.collect _.Values |> text
          | ColumnType.Interval
          | ColumnType.Vector _
          | ColumnType.Array _ -> ()
          for sql in Template.defaultTexts t do
              ColumnDefault.Expression sql ]

    /// A default that fits the type, or none.
    let columnDefault (enums: EnumType list) (t: ColumnType) : Gen<ColumnDefault option> =
        match defaultsOf enums t with
        | [] -> Gen.constant None
        | values -> optional 40 (Gen.elements values)

    let comment: Gen<string option> = optional 10 (Gen.elements [ "a comment"; "it's; -- odd"; "naïve ✓" ])
    let identity: Gen<Identity option> = optional 15 (Gen.elements [ Identity.Always; Identity.ByDefault ])

    /// One of the profile's collations, in so many of a hundred cases.
    let collation (percent: int) (profile: Profile) : Gen<string option> =
        match profile.Collations with
        | [] -> Gen.constant None
        | names -> optional percent (Gen.elements names)


    /// A column of its own, not computed from others.
    let plain (profile: Profile) (enums: EnumType list) (name: string) : Gen<ColumnDef> =
        gen {
            let! columnType = columnType profile enums
            let! nullable = chance 45
            let! value = columnDefault enums columnType
            let! identity = identity
            let! collation = collation 8 profile
            let! comment = comment
            let! stale = optional 4 (Gen.elements Profile.columnNames)

            return
                { Name = name
                  Type = columnType
                  Nullable = nullable
                  Default = value
                  Identity = identity
                  Generated = None
                  Collation = collation
                  Comment = comment
                  RenamedFrom = Option.toList stale }
        }

    /// A column computed from one of the given ones; None where no form fits.
    let computed (profile: Profile) (sources: ColumnDef list) (name: string) : Gen<ColumnDef option> =
        let forms =
            [ for source in sources do
                  for form in Template.generated do
                      if source.Generated.IsNone && form.Source.Fits source.Type then
                          source, form ]

        match forms with
        | [] -> Gen.constant None
        | _ ->
            gen {
                let! source, form = Gen.elements forms
                let! virtualOne = chance (if profile.VirtualColumns then 30 else 0)

                return
                    Some
                        { Name = name
                          Type = form.Makes
                          Nullable = source.Nullable
                          Default = None
                          Identity = None
                          Generated =
                            Some
                                { Expression = Template.portable (form.Source.Build source.Name)
                                  Stored = not virtualOne }
                          Collation = None
                          Comment = None
                          RenamedFrom = [] }
            }
