namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions

/// Text search dictionaries: their options can be changed.
[<RequireQualifiedAccess>]
module Dictionaries =
    /// As the catalog keeps it: `name = 'value', name = 'value'`.
    let private option =
        Regex(@"(""(?:[^""]|"""")*""|[^\s=,""]+)\s*=\s*(E?'(?:[^']|'')*'|[^,]+)", RegexOptions.CultureInvariant)

    let private names (object: PgObject) =
        [ for found in option.Matches(Texts.field "options" object |> Option.defaultValue "") -> found.Groups[1].Value ]

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if Texts.field "fixed" before <> Texts.field "fixed" after then
            Change.Replace
        else
            // What is named goes to the end of the list: all that is wanted is named, so that the order is right.
            let list =
                List.except (names after) (names before) @ Option.toList (Texts.field "options" after)
                |> String.concat ", "

            Change.Alter [ $"ALTER {Texts.designation after} ({list})" ]

    let rules: KindRules = { Blank.rules Texts.designation Texts.create with Change = change }

/// Text search configurations: the dictionaries of each token can be changed.
[<RequireQualifiedAccess>]
module Configurations =
    let private mapping (object: PgObject) verb (token: string, dictionaries: string) =
        $"ALTER {Texts.designation object} {verb} MAPPING FOR {token} WITH {dictionaries}"

    let private create (_: Context) (object: PgObject) =
        (Texts.facts object).Create @ (Texts.fieldsOf "mapping" object |> List.map (mapping object "ADD"))

    let private change (_: Context) (before: PgObject) (after: PgObject) =
        if not (Texts.sameFixed before after) then
            Change.Replace
        else
            let a, b = Texts.fieldsOf "mapping" before, Texts.fieldsOf "mapping" after
            let has (mappings: (string * string) list) token = mappings |> List.exists (fun (t, _) -> t = token)

            Change.Alter
                [ for token, _ in a do
                      if not (has b token) then
                          $"ALTER {Texts.designation after} DROP MAPPING FOR {token}"
                  for token, dictionaries in List.except a b do
                      mapping after (if has a token then "ALTER" else "ADD") (token, dictionaries) ]

    let rules: KindRules = { Blank.rules Texts.designation create with Change = change }
