namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic

/// Who needs whom: `pg_depend` and what the queries know beyond it, from numbers of the catalog to addresses. Objects are
/// numbered while it works; a large database has tens of thousands of dependencies.
[<RequireQualifiedAccess>]
module internal Needs =
    let private whole (struct (catalog, oid, _): ObjectId) : ObjectId = struct (catalog, oid, 0)

    /// Ownership of a sequence, being a partition, inheriting and having columns from a type are objects of their own.
    let private isObject (user: Address) (used: Address) (kind: char) =
        match user.Kind, used.Kind with
        | Kind.Sequence, Kind.Column -> kind = 'a'
        | (Kind.Table | Kind.ForeignTable), (Kind.Table | Kind.ForeignTable)
        | Kind.Table, Kind.Composite -> true
        | _ -> false

    let private ids (rows: CatalogRows) (numbering: Numbering) =
        let byId = Dictionary<ObjectId, int>(2 * rows.Found.Count)

        for one in rows.Found do
            let number = numbering.Number one.Object.Address
            byId[one.Id] <- number

            for id in one.Aliases do
                byId[id] <- number

        let lookup id =
            match byId.TryGetValue id with
            | true, number -> number
            | false, _ ->
                match byId.TryGetValue(whole id) with
                | true, number -> number
                | false, _ -> -1

        // Members of an extension stand for the extension, and so does what comes with them: arrays, types of rows.
        let members = HashSet<ObjectId>()

        let standFor user extension =
            if byId.TryAdd(whole user, extension) then
                members.Add(whole user) |> ignore

        for dependency in rows.Dependencies do
            if dependency.Kind = 'e' then
                match lookup dependency.Used with
                | -1 -> ()
                | extension -> standFor dependency.User extension

        // The array of a table's rows comes with their type, and that with the table.
        for _ in 1..2 do
            for dependency in rows.Dependencies do
                if dependency.Kind = 'i' && members.Contains(whole dependency.Used) then
                    standFor dependency.User byId[whole dependency.Used]

        lookup

    /// Among the addresses that have numbers.
    let between (rows: CatalogRows) (numbering: Numbering) : AddressMap<Set<Address>> =
        let addresses = numbering.Addresses
        let users, used = List<int>(), List<int>()

        let add one another =
            if one >= 0 && another >= 0 && one <> another then
                users.Add one
                used.Add another

        let lookup = ids rows numbering

        for dependency in rows.Dependencies do
            if dependency.Kind <> 'e' then
                let one, another = lookup dependency.User, lookup dependency.Used

                if one >= 0 && another >= 0 && not (isObject addresses[one] addresses[another] dependency.Kind) then
                    add one another

        for found in rows.Found do
            let one = numbering.Number found.Object.Address

            match found.Object.Parent with
            | Some parent -> add one (numbering.Number parent)
            | None -> ()

            for needed in found.AlsoNeeds do
                add one (numbering.Number needed)

        for one, another in rows.Found |> Seq.map _.Object |> Relations.inheritedChecks do
            add (numbering.Number one) (numbering.Number another)

        // A composite type needs what its attributes need.
        for i in 0 .. users.Count - 1 do
            let attribute = addresses[users[i]]

            if attribute.Kind = Kind.Attribute then
                add (numbering.Number { attribute with Kind = Kind.Composite; Part = "" }) used[i]

        let bundles = Bundles(addresses.Length, users, used)

        AddressMap(
            numbering,
            (fun number -> bundles.Count number > 0),
            fun number -> bundles.Of number |> Array.map (fun used -> addresses[used]) |> Set.ofArray
        )
