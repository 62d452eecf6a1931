namespace SchemaToolkit.PostgresObjects

/// Kinds whose whole state is a statement or two: the catalog's fields put together by the query itself. Own columns:
/// `creates text[]`, `designation`; with fields also `fields text[]`, each a name, a tab and a value.
[<RequireQualifiedAccess>]
module internal TextSource =
    let private schemaOf (address: Address) = Address.create Kind.Schema "" address.Schema

    /// A field of SQL, where the condition holds.
    let fieldWhere (condition: string) (name: string) (value: string) =
        $"CASE WHEN {condition} THEN '{name}' || E'\\t' || {value} END"

    /// A field of SQL; none where its value is NULL.
    let field (name: string) (value: string) = $"'{name}' || E'\\t' || ({value})"

    /// The array of fields that a query gives.
    let fields (items: string list) =
        let list = String.concat ", " items
        $"array_remove(ARRAY[{list}]::text[], NULL)"

    /// Options of a foreign object, each a field `option NAME` with its value as a constant.
    let options (column: string) =
        $"coalesce((SELECT array_agg('option ' || o.option_name || E'\\t' || quote_literal(o.option_value)) FROM pg_options_to_table({column}) o), '{{}}'::text[])"

    let private pair (text: string) =
        match text.Split('\t', 2) with
        | [| name; value |] -> name, value
        | _ -> text, ""

    let private body kind parent facts alsoNeeds : Body =
        { Kind = kind
          Parent = parent
          Facts = Facts.Text facts
          AlsoNeeds = alsoNeeds }

    let private text r (fields: string list) : TextFacts =
        { Create = Cell.texts r 0
          Settings = ("designation", Cell.text r 1) :: List.map pair fields |> List.sort }

    let private inSchema (isIn: bool) (address: Address) = if isIn then [ schemaOf address ] else []

    let create (kind: Kind) (isIn: bool) (sql: int -> string) : Source =
        { Sql = sql
          Read = fun address r -> body kind None (text r []) (inSchema isIn address) }

    /// With the fields that a planner may change in place.
    let withFields (kind: Kind) (isIn: bool) (sql: int -> string) : Source =
        { Sql = sql
          Read = fun address r -> body kind None (text r (Cell.texts r 2)) (inSchema isIn address) }

    /// A part of another object, whose second own column is the statement that takes it away.
    let part (kind: Kind) (parent: Address -> Address) (sql: int -> string) : Source =
        { Sql = sql
          Read =
            fun address r ->
                let parent = parent address

                let facts: TextFacts = { Create = Cell.texts r 0; Settings = [ "drop", Cell.text r 1 ] }

                body kind (Some parent) facts [ parent ] }
