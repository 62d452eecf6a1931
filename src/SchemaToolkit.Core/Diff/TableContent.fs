namespace SchemaToolkit.Diffing

open System
open System.Runtime.CompilerServices
open System.Threading
open SchemaToolkit

/// What a table value holds, known by its hash. Values that were found equal share one.
[<Sealed>]
type private Content(table: Table, count: unit -> unit) =
    let hash =
        lazy
            (count ()
             Canonical.hashOf { table with Shared = false })

    /// SHA-256 of what `Compare.tidy` leaves of the table.
    member _.Hash = hash.Value

/// Contents of table values, kept for as long as the values live, beside them: equality, printing and JSON of a table know
/// nothing of it.
[<RequireQualifiedAccess>]
module TableContent =
    let private contents = ConditionalWeakTable<Table, Content>()
    let private hashed = new ThreadLocal<int64>()
    let private compared = new ThreadLocal<int64>()
    let private count () = hashed.Value <- hashed.Value + 1L

    let private known (table: Table) : Content option =
        match contents.TryGetValue table with
        | true, content -> Some content
        | false, _ -> None

    let private keep (table: Table) (content: Content) =
        contents.AddOrUpdate(table, content)
        content

    let private ofTable (table: Table) =
        match known table with
        | Some content -> content
        | None -> keep table (Content(table, count))

    /// Whether two tables are the same to the diff. Values that meet for the first time are compared whole; after that their
    /// contents are one, or their hashes tell.
    let areEqual (a: Table) (b: Table) : bool =
        let first () =
            compared.Value <- compared.Value + 1L
            a = b

        obj.ReferenceEquals(a, b)
        || match known a, known b with
           | Some x, Some y -> obj.ReferenceEquals(x, y) || x.Hash = y.Hash
           | Some x, None when first () -> obj.ReferenceEquals(keep b x, x)
           | None, Some y when first () -> obj.ReferenceEquals(keep a y, y)
           | None, None when first () -> obj.ReferenceEquals(keep a (ofTable b), ofTable b)
           | _ -> (ofTable a).Hash = (ofTable b).Hash

    /// How many hashes this thread has computed, and how many tables it has compared whole, so far: what tests count instead
    /// of seconds.
    let work () : int64 = hashed.Value + compared.Value
