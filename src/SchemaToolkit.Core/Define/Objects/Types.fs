namespace SchemaToolkit

open System

/// The words for sequences (PostgreSQL). Most columns want `Column.identity` instead.
[<RequireQualifiedAccess>]
module Sequence =
    let define (name: string) : SchemaObject =
        SchemaObject.create
            (ObjectName.relative name)
            ""
            (ObjectBody.Sequence
                { Type = ColumnType.BigInt
                  Start = 1L
                  Increment = 1L
                  Minimum = 1L
                  Maximum = Int64.MaxValue
                  Cache = 1L
                  Cycle = false
                  OwnedBy = None })

    /// Changes any of its options.
    let configure (change: SequenceOptions -> SequenceOptions) (sequence: SchemaObject) : SchemaObject =
        match sequence.Body with
        | ObjectBody.Sequence options -> { sequence with Body = ObjectBody.Sequence(change options) }
        | _ -> invalidArg "sequence" $"{sequence.Key} is no sequence."

    /// The type of its numbers (`smallint`, `integer`, `bigint`) and the largest that it draws.
    let ofType (numbers: ColumnType) (maximum: int64) =
        configure (fun o -> { o with Type = numbers; Maximum = maximum })

    let startingAt (first: int64) = configure (fun o -> { o with Start = first })
    let incrementingBy (step: int64) = configure (fun o -> { o with Increment = step })
    let cycling (sequence: SchemaObject) = sequence |> configure (fun o -> { o with Cycle = true })
    let caching (numbers: int64) = configure (fun o -> { o with Cache = numbers })

    let between (minimum: int64) (maximum: int64) = configure (fun o -> { o with Minimum = minimum; Maximum = maximum })

    /// Goes with the column.
    let ownedBy (table: Table) (column: ColumnHandle) =
        configure (fun o -> { o with OwnedBy = Some(table.Name, column.Name) })

/// The words for domains (PostgreSQL): a type with conditions of its own.
[<RequireQualifiedAccess>]
module Domain =
    let define (name: string) (baseType: ColumnType) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Domain(baseType, false, None, []))

    let private change f (domain: SchemaObject) : SchemaObject =
        match domain.Body with
        | ObjectBody.Domain(baseType, notNull, value, checks) ->
            { domain with Body = ObjectBody.Domain(f (baseType, notNull, value, checks)) }
        | _ -> invalidArg "domain" $"{domain.Key} is no domain."

    /// `Domain.check "positive" $"VALUE > 0"`; the constraint is called `domain_name_check`.
    let check (name: string) (expression: FormattableString) (domain: SchemaObject) : SchemaObject =
        let derived = Identifier.derive domain.Key.Name.Name [ name ] "check"

        domain
        |> change (fun (baseType, notNull, value, checks) ->
            baseType, notNull, value, checks @ [ { Name = derived; Expression = Declared.sql expression } ])

    /// A check with a name of its own and a text made elsewhere.
    let checkNamed (name: string) (expression: SqlText) (domain: SchemaObject) : SchemaObject =
        domain
        |> change (fun (baseType, notNull, value, checks) ->
            baseType, notNull, value, checks @ [ { Name = name; Expression = expression } ])

    /// The type of a column of the domain.
    let typeOf (domain: SchemaObject) : ColumnType =
        match domain.Body with
        | ObjectBody.Domain(baseType, _, _, _) -> ColumnType.Domain(domain.Name, baseType)
        | _ -> invalidArg "domain" $"{domain.Key} is no domain."

    /// A column of the domain, with values of the type below it: `Domain.column<int> positive "amount"`.
    let column<'T> (domain: SchemaObject) (name: string) : Column<'T> = Column.ofType<'T> (typeOf domain) name

    let notNull (domain: SchemaObject) : SchemaObject =
        domain |> change (fun (baseType, _, value, checks) -> baseType, true, value, checks)

    let defaultsTo (expression: FormattableString) (domain: SchemaObject) : SchemaObject =
        domain
        |> change (fun (baseType, notNull, _, checks) -> baseType, notNull, Some(Declared.sql expression), checks)

    /// As `defaultsTo`, from a text made elsewhere: `SqlText.raw`.
    let defaultsToPer (expression: SqlText) (domain: SchemaObject) : SchemaObject =
        domain |> change (fun (baseType, notNull, _, checks) -> baseType, notNull, Some expression, checks)

/// The words for composite types (PostgreSQL).
[<RequireQualifiedAccess>]
module Composite =
    let define (name: string) (attributes: (string * ColumnType) list) : SchemaObject =
        SchemaObject.create
            (ObjectName.relative name)
            ""
            (ObjectBody.Composite(attributes |> List.map (fun (name, kind) -> { Name = name; Type = kind })))

    /// A column of the type; its values travel as PostgreSQL's text, such as `(Main Street,7)`.
    let column (composite: SchemaObject) (name: string) : Column<string> =
        Column.ofType (ColumnType.Named composite.Name) name

/// The words for range types (PostgreSQL).
[<RequireQualifiedAccess>]
module RangeType =
    let define (name: string) (subtype: ColumnType) : SchemaObject =
        SchemaObject.create (ObjectName.relative name) "" (ObjectBody.Range subtype)

    /// A column of the type; its values travel as PostgreSQL's text, such as `[1,10)`.
    let column (range: SchemaObject) (name: string) : Column<string> = Column.ofType (ColumnType.Named range.Name) name
