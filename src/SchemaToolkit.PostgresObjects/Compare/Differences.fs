namespace SchemaToolkit.PostgresObjects

/// Where two databases differ, object by object. Everything after it looks at these objects and at what they drag along,
/// so that what is equal costs one comparison.
type Differences =
    {
        Gone: Set<Address>
        New: Set<Address>
        /// On both sides with other facts.
        Changed: (PgObject * PgObject) list
        /// On both sides with another owner, comment, label or other privileges.
        Attributes: Set<Address>
    }

[<RequireQualifiedAccess; CompilationRepresentation(CompilationRepresentationFlags.ModuleSuffix)>]
module Differences =
    let private sameAttributes (a: PgObject) (b: PgObject) =
        a.Owner = b.Owner
        && a.Comment = b.Comment
        && a.Grants = b.Grants
        && a.SecurityLabels = b.SecurityLabels

    /// One walk along both sides, which are in the same order.
    let between (from: PgDatabase) (target: PgDatabase) : Differences =
        use before = (from.Objects.Values :> seq<PgObject>).GetEnumerator()
        use after = (target.Objects.Values :> seq<PgObject>).GetEnumerator()
        let gone, added, changed, attributes = ResizeArray(), ResizeArray(), ResizeArray(), ResizeArray()
        let mutable left = before.MoveNext()
        let mutable right = after.MoveNext()

        while left || right do
            let order =
                if not right then -1
                elif not left then 1
                else before.Current.Address.CompareTo after.Current.Address

            if order < 0 then
                gone.Add before.Current.Address
                left <- before.MoveNext()
            elif order > 0 then
                added.Add after.Current.Address
                right <- after.MoveNext()
            else
                let a, b = before.Current, after.Current

                if not (obj.ReferenceEquals(a, b)) then
                    if a.Facts <> b.Facts then
                        changed.Add((a, b))

                    if not (sameAttributes a b) then
                        attributes.Add b.Address

                left <- before.MoveNext()
                right <- after.MoveNext()

        { Gone = Set.ofSeq gone
          New = Set.ofSeq added
          Changed = List.ofSeq changed
          Attributes = Set.ofSeq attributes }
