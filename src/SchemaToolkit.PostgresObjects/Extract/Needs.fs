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

    let private ids (rows: CatalogRows) (numbers: Dictionary<Address, int>) =
        let byId = Dictionary<ObjectId, int>(2 * rows.Found.Count)

        for one in rows.Found do
            let number = numbers[one.Object.Address]
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

        // Members of an extension stand for the extension.
        for dependency in rows.Dependencies do
            if dependency.Kind = 'e' then
                match lookup dependency.Used with
                | -1 -> ()
                | extension -> byId.TryAdd(whole dependency.User, extension) |> ignore

        // So do what the engine makes beside them: the array type of a type.
        for dependency in rows.Dependencies do
            if dependency.Kind = 'i' && lookup dependency.User < 0 then
                match lookup dependency.Used with
                | -1 -> ()
                | number when rows.Found[number].Object.Address.Kind = Kind.Extension ->
                    byId.TryAdd(whole dependency.User, number) |> ignore
                | _ -> ()

        lookup

    let private setOf (addresses: Address array) (numbers: List<int>) =
        let mutable set = Set.singleton addresses[numbers[0]]

        for i in 1 .. numbers.Count - 1 do
            set <- set.Add addresses[numbers[i]]

        set

    let between (rows: CatalogRows) : Map<Address, Set<Address>> =
        let addresses = [| for one in rows.Found -> one.Object.Address |]
        let numbers = Dictionary<Address, int>(addresses.Length)
        addresses |> Array.iteri (fun number address -> numbers[address] <- number)
        let needs = addresses |> Array.map (fun _ -> List<int> 4)

        let add user used =
            if user <> used && not (needs[user].Contains used) then
                needs[user].Add used

        let number address =
            match numbers.TryGetValue address with
            | true, number -> number
            | false, _ -> -1

        let lookup = ids rows numbers

        for dependency in rows.Dependencies do
            if dependency.Kind <> 'e' then
                let user, used = lookup dependency.User, lookup dependency.Used

                if user >= 0 && used >= 0 && not (isObject addresses[user] addresses[used] dependency.Kind) then
                    add user used

        for one in rows.Found do
            let user = numbers[one.Object.Address]

            let addAddress needed =
                match number needed with
                | -1 -> ()
                | used -> add user used

            Option.iter addAddress one.Object.Parent
            List.iter addAddress one.AlsoNeeds

        for user, used in rows.Found |> Seq.map _.Object |> Relations.inheritedChecks do
            match number user, number used with
            | -1, _
            | _, -1 -> ()
            | user, used -> add user used

        // A composite type needs what its attributes need.
        for one in rows.Found do
            let attribute = one.Object.Address

            if attribute.Kind = Kind.Attribute then
                match number { attribute with Kind = Kind.Composite; Part = "" } with
                | -1 -> ()
                | composite ->
                    for used in needs[numbers[attribute]] do
                        add composite used

        [| for KeyValue(address, number) in numbers do
               if needs[number].Count > 0 then
                   address, setOf addresses needs[number] |]
        |> Map.ofArray
