namespace SchemaToolkit.Testing

open FsCheck
open FsCheck.FSharp
open SchemaToolkit

/// A schema and what a few edits made of it. Near pairs find faults in dozens of cases that independent schemas miss in
/// thousands. Printed as F# code.
[<StructuredFormatDisplay("{Code}")>]
type NearPair =
    { Profile: Profile
      Before: Schema
      Edits: Edit list }

    /// The schema after every edit, repaired after each.
    member this.After: Schema =
        (this.Before, this.Edits)
        ||> List.fold (fun schema edit -> Repair.schema this.Profile (Edit.apply edit schema))

    member this.Code: string =
        let ns = this.Before.Namespace

        let edits =
            match this.Edits with
            | [] -> "// no edits: both sides are equal"
            | edits ->
                edits
                |> List.map (fun edit -> "// " + (ShowCode.value ns edit).Replace("\n", "\n//   "))
                |> String.concat "\n"

        let indent (text: string) = "    " + text.Replace("\n", "\n    ")

        [ ShowCode.prelude.Replace("NAMESPACE", ns)
          $"let before: Schema =\n{indent (ShowCode.value ns this.Before)}"
          edits
          $"let after: Schema =\n{indent (ShowCode.value ns this.After)}" ]
        |> String.concat "\n"

    override this.ToString() = this.Code

/// Smaller schemas that are still valid.
[<RequireQualifiedAccess>]
module Shrink =
    let private without (items: 'T list) : 'T list seq =
        seq {
            for i in 0 .. items.Length - 1 do
                List.removeAt i items
        }

    let private tables (t: Table) : Table seq =
        seq {
            if t.Columns.Length > 1 then
                for columns in without t.Columns do
                    { t with Columns = columns }

            for fks in without t.ForeignKeys do
                { t with ForeignKeys = fks }

            for indexes in without t.Indexes do
                { t with Indexes = indexes }

            for checks in without t.Checks do
                { t with Checks = checks }

            for uniques in without t.Uniques do
                { t with Uniques = uniques }

            for policies in without t.Policies do
                { t with Policies = policies }

            if t.PrimaryKey.IsSome then
                { t with PrimaryKey = None }

            if t.WithoutRowId then
                { t with WithoutRowId = false }

            if not t.RenamedFrom.IsEmpty || t.Comment.IsSome || t.RowSecurity <> RowSecurity.Disabled || t.Shared then
                { t with
                    RenamedFrom = []
                    Comment = None
                    RowSecurity = RowSecurity.Disabled
                    Shared = false }

            for i, c in List.indexed t.Columns do
                let simpler =
                    [ { c with Default = None }
                      { c with Identity = None }
                      { c with Comment = None; RenamedFrom = []; Collation = None } ]

                for simple in simpler do
                    if simple <> c then
                        { t with Columns = List.updateAt i simple t.Columns }
        }

    /// Schemas with one thing less.
    let schema (profile: Profile) (value: Schema) : Schema seq =
        seq {
            for tables in without value.Tables do
                { value with Tables = tables }

            for objects in without value.Objects do
                { value with Objects = objects }

            for enums in without value.Enums do
                { value with Enums = enums }

            for i, t in List.indexed value.Tables do
                for smaller in tables t do
                    { value with Tables = List.updateAt i smaller value.Tables }
        }
        |> Seq.map (Repair.schema profile)
        |> Seq.filter ((<>) value)

    /// Pairs with an edit less, then pairs whose first schema is smaller.
    let pair (value: NearPair) : NearPair seq =
        seq {
            for edits in without value.Edits do
                { value with Edits = edits }

            for before in schema value.Profile value.Before do
                { value with Before = before }
        }

/// Generators and shrinkers for FsCheck.
[<RequireQualifiedAccess>]
module Arbitrary =
    let schema (profile: Profile) : Arbitrary<Schema> =
        Arb.fromGenShrink (GenSchema.schema profile, Shrink.schema profile)

    let private grow (profile: Profile) (before: Schema) (count: int) : Gen<Edit list> =
        let rec next schema left (made: Edit list) =
            gen {
                if left = 0 then
                    return List.rev made
                else
                    let! edit = GenEdit.edit profile schema
                    return! next (Repair.schema profile (Edit.apply edit schema)) (left - 1) (edit :: made)
            }

        next before count []

    /// A schema and zero to four edits of it.
    let nearPair (profile: Profile) : Arbitrary<NearPair> =
        let generator =
            gen {
                let! before = GenSchema.schema profile

                let! count =
                    Gen.frequency [ 1, Gen.constant 0; 6, Gen.constant 1; 5, Gen.constant 2; 4, Gen.choose (3, 4) ]

                let! edits = grow profile before count

                return { Profile = profile; Before = before; Edits = edits }
            }

        Arb.fromGenShrink (generator, Shrink.pair)

    /// Two schemas that were made apart, without hints.
    let farPair (profile: Profile) : Arbitrary<Schema * Schema> =
        let shrink (a, b) =
            seq {
                for smaller in Shrink.schema profile a do
                    smaller, b

                for smaller in Shrink.schema profile b do
                    a, smaller
            }

        Arb.fromGenShrink (Gen.zip (GenSchema.schema profile) (GenSchema.schema profile), shrink)
