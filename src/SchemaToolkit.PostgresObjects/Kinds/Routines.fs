namespace SchemaToolkit.PostgresObjects

/// Functions, procedures, window functions.
[<RequireQualifiedAccess>]
module Routines =
    let private designation (object: PgObject) =
        let word = if object.Address.Kind = Kind.Procedure then "PROCEDURE" else "FUNCTION"
        $"{word} {Words.relation object.Address}({object.Address.Arguments})"

    let private dependencies (object: PgObject) = Words.dependsOn $"ALTER {designation object}"

    let private create (_: Context) (object: PgObject) =
        let facts = Facts.routine object
        facts.Definition :: dependencies object [] facts.DependsOnExtensions

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.routine before, Facts.routine after

        if a.Signature <> b.Signature then
            Change.Replace
        else
            [ if a.Definition <> b.Definition then
                  b.Definition
              yield! dependencies after a.DependsOnExtensions b.DependsOnExtensions ]
            |> Words.orSame

    let rules: KindRules =
        { Blank.rules designation create with
            Change = change
            GrantTarget = designation >> Some }
