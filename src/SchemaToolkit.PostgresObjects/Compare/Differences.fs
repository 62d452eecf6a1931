namespace SchemaToolkit.PostgresObjects

open System.Collections.Generic
open System.Runtime.CompilerServices

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
    /// Pairs that were found equal. What columns and tables have in common is shared by those of one database, so a few pairs
    /// stand for thousands.
    [<Sealed>]
    type private Known() =
        let pairs =
            HashSet<struct ((obj | null) * (obj | null))>(
                { new IEqualityComparer<struct ((obj | null) * (obj | null))> with
                    member _.Equals(struct (a, b), struct (c, d)) =
                        obj.ReferenceEquals(a, c) && obj.ReferenceEquals(b, d)

                    member _.GetHashCode(struct (a, b)) =
                        RuntimeHelpers.GetHashCode a * 31 + RuntimeHelpers.GetHashCode b }
            )

        member _.AreEqual(a: 'T, b: 'T) : bool =
            obj.ReferenceEquals(a, b)
            || pairs.Contains(struct (box a, box b))
            || a = b && (pairs.Add(struct (box a, box b)) || true)

    let private sameFacts (known: Known) (a: PgObject) (b: PgObject) =
        match a.Facts with
        | Facts.Column _
        | Facts.Default _ -> known.AreEqual(a.Facts, b.Facts)
        | facts -> facts.Equals b.Facts

    let private sameAttributes (known: Known) (a: PgObject) (b: PgObject) =
        known.AreEqual(a.Owner, b.Owner)
        && known.AreEqual(a.Grants, b.Grants)
        && (obj.ReferenceEquals(a.Comment, b.Comment) || a.Comment = b.Comment)
        && (obj.ReferenceEquals(a.SecurityLabels, b.SecurityLabels) || a.SecurityLabels = b.SecurityLabels)

    /// Each object meets the one with its address.
    let between (from: PgDatabase) (target: PgDatabase) : Differences =
        let known = Known()
        let gone, changed, attributes = List(), List(), List()

        for a in from.Objects.Every do
            match target.Objects.TryFind a.Address with
            | None -> gone.Add a.Address
            | Some b when obj.ReferenceEquals(a, b) -> ()
            | Some b ->
                if not (sameFacts known a b) then
                    changed.Add((a, b))

                if not (sameAttributes known a b) then
                    attributes.Add b.Address

        let added =
            if from.Objects.Count - gone.Count = target.Objects.Count then
                Seq.empty
            else
                target.Objects.Every |> Seq.map _.Address |> Seq.filter (from.Objects.ContainsKey >> not)

        { Gone = Set.ofSeq gone
          New = Set.ofSeq added
          Changed = changed |> Seq.sortBy (fun (a, _) -> a.Address) |> List.ofSeq
          Attributes = Set.ofSeq attributes }
