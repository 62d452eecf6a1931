namespace SchemaToolkit.PostgresObjects

open System.Text.RegularExpressions

/// Passwords and keys in the options of foreign servers, user mappings and subscriptions: whatever is written down or handed on
/// holds a mark in their place.
[<RequireQualifiedAccess>]
module Secrets =
    /// What stands where a secret was.
    let mark = "********"

    let private word =
        "(?:passw(?:or)?d|passphrase|passcode|secret|token|credential|api_?key|access_?key|private_?key)"

    let private options = RegexOptions.IgnoreCase ||| RegexOptions.CultureInvariant

    /// As OPTIONS prints it: `password 'x'`; a text with a backslash has the E form.
    let private printed =
        Regex($"""((?:"[^"]*{word}[^"]*"|\b\w*{word}\w*)\s+)(?:E'(?:[^'\\]|''|\\.)*'|'(?:[^']|'')*')""", options)

    /// The name of an option that is one.
    let private secret = Regex($@"\Aoption .*{word}", options)

    /// As the catalog keeps an option: `password=x`.
    let private kept = Regex($@"\A([^=]*{word}[^=]*=)[\s\S]*\z", options)

    /// Within a connection string of libpq, which itself stands in a quoted text.
    let private connection = Regex($@"(\b\w*{word}\w*\s*=\s*)(?:''(?:[^'\\]|\\.)*''|[^\s']+)", options)

    let private inStatement (text: string) =
        let hidden = printed.Replace(text, $"$1'{mark}'")
        connection.Replace(hidden, $"$1{mark}")

    let private inOption (text: string) = kept.Replace(text, "${1}" + mark)

    /// An option of a foreign object is a field of that name, with a constant.
    let private inField (name: string, value: string) =
        if secret.IsMatch name then name, Quote.text mark else name, inStatement value

    let private hideIn (facts: Facts) : Facts =
        match facts with
        | Facts.Text text ->
            Facts.Text
                { Create = List.map inStatement text.Create
                  Settings = text.Settings |> List.map inField }
        | Facts.Table table ->
            Facts.Table
                { table with
                    Foreign = table.Foreign |> Option.map (fun (server, options) -> server, List.map inOption options) }
        | Facts.Column column -> Facts.Column { column with ForeignOptions = List.map inOption column.ForeignOptions }
        | other -> other

    let private mayHold (kind: Kind) =
        match kind with
        | Kind.ForeignDataWrapper
        | Kind.Server
        | Kind.UserMapping
        | Kind.Subscription
        | Kind.ForeignTable
        | Kind.Column -> true
        | _ -> false

    /// The database without its secrets, and the objects that had some.
    let hide (database: PgDatabase) : PgDatabase * Address list =
        let hidden =
            [ for KeyValue(address, object) in database.Objects do
                  if mayHold address.Kind then
                      let facts = hideIn object.Facts

                      if facts <> object.Facts then
                          { object with Facts = facts } ]

        match hidden with
        | [] -> database, []
        | _ ->
            let clean =
                PgDatabase.assemble
                    { Version = database.Version
                      User = database.User
                      Objects = database.Objects |> AddressMap.addAll [ for object in hidden -> object.Address, object ]
                      Needs = database.Needs
                      Unmodelled = database.Unmodelled }

            clean, hidden |> List.map _.Address

    /// The objects of a plan whose statements hold a secret.
    let inPlan (changes: PgChange list) : Address list =
        [ for change in changes do
              let address = PgStep.address change.Step

              if mayHold address.Kind && change.Sql |> List.exists (fun sql -> inStatement sql <> sql) then
                  address ]
        |> List.distinct
