namespace SchemaToolkit.PostgresObjects

open System
open System.Collections
open System.Collections.Generic

/// Every address of a database with a number, for arrays that say something of each. Sorted when first walked.
[<Sealed; AllowNullLiteral>]
type internal Numbering(addresses: Address array) =
    let numbers =
        let numbers = Dictionary<Address, int>(addresses.Length)
        addresses |> Array.iteri (fun number address -> numbers.Add(address, number))
        numbers

    let mutable sorted: int array | null = null

    member _.Addresses = addresses

    /// -1 for an address that is not there.
    member _.Number(address: Address) =
        match numbers.TryGetValue address with
        | true, number -> number
        | false, _ -> -1

    /// Numbers in the order of the addresses.
    member _.Sorted: int array =
        match sorted with
        | null ->
            let order = Array.init addresses.Length id
            Array.Sort(Array.copy addresses, order)
            sorted <- order
            order
        | order -> order

/// What is known of addresses: looked up by hash, walked in their order. A value that is costly to make is made when it is
/// asked for. Immutable to those who use it.
[<Sealed; NoComparison>]
type AddressMap<'V when 'V: equality and 'V: not struct>
    internal (numbering: Numbering, has: int -> bool, make: int -> 'V) =
    let values: 'V array = Array.zeroCreate numbering.Addresses.Length

    let get number =
        let known = values[number]

        if isNull (box known) then
            let made = make number
            values[number] <- made
            made
        else
            known

    let pairs (order: int seq) =
        seq {
            for number in order do
                if has number then
                    KeyValuePair(numbering.Addresses[number], get number)
        }

    member internal _.Numbering = numbering
    member internal _.Has(number: int) = has number
    member internal _.Get(number: int) = get number

    member _.TryFind(address: Address) : 'V option =
        match numbering.Number address with
        | -1 -> None
        | number when has number -> Some(get number)
        | _ -> None

    member _.ContainsKey(address: Address) : bool =
        match numbering.Number address with
        | -1 -> false
        | number -> has number

    /// Raises `KeyNotFoundException` for an address that is not there.
    member _.Item
        with get (address: Address): 'V =
            match numbering.Number address with
            | number when number >= 0 && has number -> get number
            | _ -> raise (KeyNotFoundException $"There is no {address}.")

    member _.Count: int =
        let mutable count = 0

        for number in 0 .. numbering.Addresses.Length - 1 do
            if has number then
                count <- count + 1

        count

    member this.IsEmpty: bool = Seq.isEmpty this.Unordered

    /// In the order of the addresses.
    member _.Ordered: KeyValuePair<Address, 'V> seq = pairs numbering.Sorted

    /// As they come, for those who do not care.
    member _.Unordered: KeyValuePair<Address, 'V> seq = pairs (seq { 0 .. numbering.Addresses.Length - 1 })

    /// Every value, as they come.
    member _.Every: 'V seq =
        seq {
            for number in 0 .. numbering.Addresses.Length - 1 do
                if has number then
                    get number
        }

    /// In the order of the addresses.
    member this.Keys: Address seq = this.Ordered |> Seq.map _.Key

    /// In the order of the addresses.
    member this.Values: 'V seq = this.Ordered |> Seq.map _.Value

    override this.Equals(other: obj | null) =
        match other with
        | :? AddressMap<'V> as other ->
            obj.ReferenceEquals(this, other)
            || this.Count = other.Count
               && this.Unordered
                  |> Seq.forall (fun (KeyValue(address, value)) ->
                      match other.TryFind address with
                      | Some found -> found = value
                      | None -> false)
        | _ -> false

    override this.GetHashCode() = this.Count

    override this.ToString() = String.Join("; ", this.Ordered)

    interface IEnumerable<KeyValuePair<Address, 'V>> with
        member this.GetEnumerator() : IEnumerator<KeyValuePair<Address, 'V>> = this.Ordered.GetEnumerator()

    interface IEnumerable with
        member this.GetEnumerator() : IEnumerator = this.Ordered.GetEnumerator()

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module AddressMap =
    /// Of an address that comes twice the last value counts.
    let ofSeq (pairs: (Address * 'V) seq) : AddressMap<'V> =
        let values = Dictionary<Address, 'V>()

        for address, value in pairs do
            values[address] <- value

        let items = Array.ofSeq values.Values
        AddressMap<'V>(Numbering(Array.ofSeq values.Keys), (fun _ -> true), (fun number -> items[number]))

    let empty<'V when 'V: equality and 'V: not struct> : AddressMap<'V> = ofSeq []

    let toSeq (map: AddressMap<'V>) : (Address * 'V) seq = map.Ordered |> Seq.map (|KeyValue|)

    let toList (map: AddressMap<'V>) : (Address * 'V) list = List.ofSeq (toSeq map)
    let keys (map: AddressMap<'V>) : Address seq = map.Keys
    let values (map: AddressMap<'V>) : 'V seq = map.Values

    let private unordered (map: AddressMap<'V>) = map.Unordered |> Seq.map (|KeyValue|)

    let exists (isIt: Address -> 'V -> bool) (map: AddressMap<'V>) : bool =
        unordered map |> Seq.exists (fun (address, value) -> isIt address value)

    let filter (isKept: Address -> 'V -> bool) (map: AddressMap<'V>) : AddressMap<'V> =
        unordered map |> Seq.filter (fun (address, value) -> isKept address value) |> ofSeq

    let map (change: Address -> 'V -> 'W) (map: AddressMap<'V>) : AddressMap<'W> =
        unordered map |> Seq.map (fun (address, value) -> address, change address value) |> ofSeq

    /// With some values more, or others.
    let addAll (more: (Address * 'V) seq) (map: AddressMap<'V>) : AddressMap<'V> =
        Seq.append (unordered map) more |> ofSeq
