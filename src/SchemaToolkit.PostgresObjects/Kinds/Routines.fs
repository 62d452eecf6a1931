namespace SchemaToolkit.PostgresObjects

open System
open System.Text.RegularExpressions

/// Functions, procedures, window functions.
[<RequireQualifiedAccess>]
module Routines =
    let private designation (object: PgObject) =
        let word = if object.Address.Kind = Kind.Procedure then "PROCEDURE" else "FUNCTION"
        $"{word} {Words.relation object.Address}({object.Address.Arguments})"

    let private dependencies (object: PgObject) = Words.dependsOn $"ALTER {designation object}"

    let private parsedBody = Regex @"\n(?:AS |BEGIN ATOMIC\n|RETURN )"

    /// Where a body begins that the engine has parsed; None where it is text, or the library's.
    let private bodyAt (definition: string) =
        match parsedBody.Match definition with
        | found when found.Success && found.Value <> "\nAS " -> Some found.Index
        | _ -> None

    /// The function as it can stand before those that its parsed body calls: with a text for a body, which nothing checks.
    let internal stub (object: PgObject) : string option =
        match object.Facts with
        | Facts.Routine { Definition = definition } ->
            bodyAt definition |> Option.map (fun place -> definition.Substring(0, place) + "\nAS ''")
        | _ -> None

    /// A parsed body that calls its own function asks for it.
    let private callsItself (object: PgObject) (definition: string) =
        let name = Quote.qualified object.Address.Schema object.Address.Name

        match bodyAt definition with
        | Some place ->
            let body = definition.Substring place

            [ name; name.Replace("\"", "") ]
            |> List.exists (fun name -> body.Contains(name + "(", StringComparison.Ordinal))
        | None -> false

    /// With a parsed body as it has to read here.
    let private fitted (context: Context) (object: PgObject) : RoutineFacts =
        let facts = Facts.routine object

        match bodyAt facts.Definition with
        | Some _ -> { facts with Definition = RowAliases.text context object facts.Definition }
        | None -> facts

    let private create (context: Context) (object: PgObject) =
        let facts = fitted context object

        [ if callsItself object facts.Definition then
              yield! Option.toList (stub object)
          facts.Definition ]
        @ dependencies object [] facts.DependsOnExtensions

    let private change (context: Context) (before: PgObject) (after: PgObject) =
        let a, b = Facts.routine before, fitted context after

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
