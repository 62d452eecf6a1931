namespace SchemaToolkit.Testing

open SchemaToolkit

/// A form of SQL text about one column that both engines understand, with the types it fits.
/// Being a closed list, generated texts can be recognised again, so that repair and seeded rows know what they say.
type Template = { Build: string -> SqlFragment list; Fits: ColumnType -> bool }

/// A generated column's expression, with the type it makes.
type GeneratedTemplate = { Source: Template; Makes: ColumnType }

[<RequireQualifiedAccess>]
module Template =
    let private text = SqlFragment.Text

    let private around before after fits =
        { Build = (fun c -> [ text before; SqlFragment.Column c; text after ])
          Fits = fits }

    let private followed after fits = { Build = (fun c -> [ SqlFragment.Column c; text after ]); Fits = fits }

    /// True for every seeded row: seeded numbers are not negative and seeded texts are short.
    let checks: Template list =
        [ followed " >= 0" (fun t -> TypeTraits.isWhole t || TypeTraits.isFloat t)
          around "length(" ") <= 200" TypeTraits.isText
          followed " < 30000" TypeTraits.isWhole
          followed " <> 'never'" TypeTraits.isText ]

    /// A check over two columns.
    let pairCheck (a: string) (b: string) = [ SqlFragment.Column a; text " + "; SqlFragment.Column b; text " < 30000" ]

    let predicates: Template list =
        [ followed " is not null" (fun _ -> true); followed " > 0" TypeTraits.isWhole ]

    let indexExpressions: Template list =
        [ around "lower(" ")" TypeTraits.isText; around "coalesce(" ", 0)" TypeTraits.isWhole ]

    let generated: GeneratedTemplate list =
        [ { Source = followed " + 1" (fun t -> t = ColumnType.SmallInt || t = ColumnType.Integer)
            Makes = ColumnType.Integer }
          { Source = followed " > 0" TypeTraits.isWhole; Makes = ColumnType.Boolean }
          { Source = around "upper(" ")" TypeTraits.isText; Makes = ColumnType.Text }
          { Source = followed " || '!'" TypeTraits.isText; Makes = ColumnType.Text } ]

    let policies: Template list = [ followed " is not null" (fun _ -> true) ]

    /// One text for every engine.
    let portable (fragments: SqlFragment list) = SqlText.Portable fragments

    /// The same text, written for each engine.
    let perEngine (fragments: SqlFragment list) = SqlText.PerEngine [ "sqlite", fragments; "postgres", fragments ]

    /// Default expressions that a column of the type may have.
    let defaultTexts (t: ColumnType) : SqlText list =
        if TypeTraits.isWhole t then [ SqlText.raw "1 + 1"; perEngine [ text "2 + 1" ] ]
        elif t = ColumnType.Text then [ SqlText.raw "lower('ABC')" ]
        else []

    let private bodies (sql: SqlText) =
        match sql with
        | SqlText.Portable fragments -> [ fragments ]
        | SqlText.PerEngine texts -> List.map snd texts

    let private says (sql: SqlText) (column: string) (template: Template) =
        bodies sql |> List.forall (fun body -> body = template.Build column)

    /// Whether the text is one of the templates over a column of a fitting type.
    let recognises (templates: Template list) (typeOf: string -> ColumnType option) (sql: SqlText) =
        match SqlText.columns sql with
        | [ column ] ->
            match typeOf column with
            | Some t -> templates |> List.exists (fun template -> template.Fits t && says sql column template)
            | None -> false
        | _ -> false

    let recognisesCheck (typeOf: string -> ColumnType option) (sql: SqlText) =
        match SqlText.columns sql with
        | [ a; b ] ->
            let small column = typeOf column |> Option.exists TypeTraits.isWhole
            small a && small b && bodies sql |> List.forall ((=) (pairCheck a b))
        | _ -> recognises checks typeOf sql

    let recognisesGenerated (makes: ColumnType) (typeOf: string -> ColumnType option) (sql: SqlText) =
        let fitting = generated |> List.filter (fun g -> g.Makes = makes) |> List.map _.Source
        recognises fitting typeOf sql
