namespace SchemaToolkit.Cli

open System
open SchemaToolkit.PostgresObjects

/// Values that a plan adds to enums. PostgreSQL takes them only once they are committed (manual, ALTER TYPE), so a plan that uses
/// its own cannot run in one transaction.
[<RequireQualifiedAccess>]
module NewValues =
    let private adding = " ADD VALUE "

    /// The type and the value, as they are quoted.
    let private added (statement: string) : (string * string) option =
        match statement.IndexOf(adding, StringComparison.Ordinal) with
        | at when at > 0 && statement.StartsWith("ALTER TYPE ", StringComparison.Ordinal) ->
            let value = statement.Substring(at + adding.Length)
            let place (word: string) = value.LastIndexOf(word, StringComparison.Ordinal)
            let last = max (place " BEFORE '") (place " AFTER '")

            Some(
                statement.Substring("ALTER TYPE ".Length, at - "ALTER TYPE ".Length),
                if last < 0 then value else value.Substring(0, last)
            )
        | _ -> None

    /// The enums whose new values a later statement names.
    let usedAtOnce (changes: PgChange list) : string list =
        let rec look (statements: string list) =
            match statements with
            | [] -> []
            | statement :: rest ->
                match added statement with
                | Some(enum, value) when rest |> List.exists _.Contains(value + "::", StringComparison.Ordinal) ->
                    enum :: look rest
                | Some _
                | None -> look rest

        changes |> List.collect _.Sql |> look |> List.distinct
