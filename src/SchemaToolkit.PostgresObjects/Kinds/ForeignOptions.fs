namespace SchemaToolkit.PostgresObjects

/// What foreign objects are told: names, and values as they are written.
[<RequireQualifiedAccess>]
module ForeignOptions =
    /// From the catalog's `name=value`.
    let ofCatalog (options: Options) : (string * string) list =
        [ for option in options do
              match option.Split('=', 2) with
              | [| name; value |] -> name, Quote.text value
              | _ -> invalidOp $"An option of a foreign object is a name and a value, not '{option}'." ]

    let private clause (options: string list) =
        match options with
        | [] -> []
        | options ->
            let list = String.concat ", " options
            [ $"OPTIONS ({list})" ]

    /// The clause that gives them; none where there are no options.
    let create (options: (string * string) list) : string list =
        clause [ for name, value in options -> $"{Quote.name name} {value}" ]

    /// The clause that makes one list of the other; none where they are the same.
    let change (before: (string * string) list) (after: (string * string) list) : string list =
        let has (options: (string * string) list) name = options |> List.exists (fun (n, _) -> n = name)

        clause
            [ for name, value in List.except before after do
                  let verb = if has before name then "SET" else "ADD"
                  $"{verb} {Quote.name name} {value}"
              for name, _ in before do
                  if not (has after name) then
                      $"DROP {Quote.name name}" ]

    /// The statement that does so, after what begins it.
    let alter (prefix: string) (before: Options) (after: Options) : string list =
        change (ofCatalog before) (ofCatalog after) |> List.map (fun clause -> $"{prefix} {clause}")
