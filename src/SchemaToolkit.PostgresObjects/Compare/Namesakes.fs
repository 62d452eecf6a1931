namespace SchemaToolkit.PostgresObjects

open System

/// Types that give their names to types of another kind, such as an enum that becomes a domain. Columns that stay are to turn
/// from one to the other with their values: the old type waits under another name.
[<RequireQualifiedAccess>]
module internal Namesakes =
    let private canWait (kind: Kind) =
        match kind with
        | Kind.Enum
        | Kind.Domain
        | Kind.Composite
        | Kind.Range -> true
        | _ -> false

    /// A type of another kind under the same name.
    let private namesake (target: PgDatabase) (address: Address) =
        [ Kind.Enum; Kind.Domain; Kind.Composite; Kind.Range; Kind.BaseType ]
        |> List.map (fun kind -> { address with Kind = kind })
        |> List.tryFind (fun other -> other.Kind <> address.Kind && target.Objects.ContainsKey other)

    /// What has the type on one side and its namesake on the other.
    let private turns (from: PgDatabase) (target: PgDatabase) (address: Address, other: Address) : Address list =
        [ for KeyValue(user, needs) in from.Needs do
              if
                  needs.Contains address
                  && (user.Kind = Kind.Column || canWait user.Kind || user.Kind = Kind.Attribute)
                  && (Words.needs target user).Contains other
              then
                  user ]

    /// The name of a type, alone or of an array, as it is while the type waits.
    let private renamed (address: Address) (name: string) : string =
        let element = name.Replace("[]", "")

        if element.Replace("\"", "") = Words.plain address then
            Words.relation (Retype.old address) + name.Substring element.Length
        else
            name

    let private turned (address: Address) (object: PgObject) : PgObject =
        let facts =
            match object.Facts with
            | Facts.Column facts -> Facts.Column { facts with Type = renamed address facts.Type }
            | Facts.Attribute facts -> Facts.Attribute { facts with Type = renamed address facts.Type }
            | Facts.Composite attributes ->
                attributes
                |> List.map (fun each -> { each with Type = renamed address each.Type })
                |> Facts.Composite
            | Facts.Domain facts -> Facts.Domain { facts with BaseType = renamed address facts.BaseType }
            | Facts.Range facts -> Facts.Range { facts with Subtype = renamed address facts.Subtype }
            | facts -> facts

        { object with Facts = facts }

    /// Tables of a type stand on it by its name.
    let private hasTables (database: PgDatabase) (address: Address) =
        address.Kind = Kind.Composite
        && (AddressMap.values database.Objects
            |> Seq.exists (fun bond ->
                match bond.Facts with
                | Facts.Inheritance(composite, _) -> composite = address
                | _ -> false))

    /// Those of the types that go, and the database as it stands while they wait.
    let aside (gone: Set<Address>) (from: PgDatabase) (target: PgDatabase) : PgDatabase * Set<Address> =
        let waiting =
            [ for address in gone do
                  if canWait address.Kind then
                      match namesake target address with
                      | Some other when not (hasTables from address) ->
                          match turns from target (address, other) with
                          | [] -> ()
                          | users -> address, Set.ofList users
                      | Some _
                      | None -> () ]

        let turn (object: PgObject) =
            (object, waiting)
            ||> List.fold (fun object (address, users) ->
                if users.Contains object.Address then turned address object else object)

        if waiting.IsEmpty then
            from, Set.empty
        else
            let lists (map: AddressMap<PgObject list>) = map |> AddressMap.map (fun _ -> List.map turn)

            { from with
                Objects = from.Objects |> AddressMap.map (fun _ -> turn)
                PartsOf = lists from.PartsOf
                ColumnsOf = lists from.ColumnsOf },
            waiting |> List.map fst |> Set.ofList
