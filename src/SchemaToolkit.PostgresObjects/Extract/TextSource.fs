namespace SchemaToolkit.PostgresObjects

/// Kinds whose whole state is a statement or two: the catalog's fields put together by the query itself. Own columns:
/// `creates text[]`, `designation`, then settings by name.
[<RequireQualifiedAccess>]
module internal TextSource =
    let private schemaOf (address: Address) = Address.create Kind.Schema "" address.Schema

    let create (kind: Kind) (inSchema: bool) (settings: string list) (sql: int -> string) : Source =
        { Sql = sql
          Read =
            fun address r ->
                { Kind = kind
                  Parent = None
                  Facts =
                    Facts.Text
                        { Create = Cell.texts r 0
                          Settings =
                            ("designation", Cell.text r 1)
                            :: (settings
                                |> List.mapi (fun i name -> name, Cell.optional r (2 + i))
                                |> List.choose (fun (name, value) -> value |> Option.map (fun v -> name, v)))
                            |> List.sort }
                  AlsoNeeds = if inSchema then [ schemaOf address ] else [] } }
