namespace SchemaToolkit

open System
open System.Text

/// Why a declared schema cannot be used. `Validate` reports every one at once, and nothing was changed anywhere.
type SchemaError =
    {
        /// Stable, in kebab-case: `unknown-column`, `namespace-clash` …
        Code: string
        /// The plugin that declares it.
        Plugin: string
        /// None where the whole declaration is meant.
        Part: PartId option
        /// One sentence: what is wrong.
        Message: string
        /// One sentence: the way out.
        Advice: string
    }

    /// One line; control characters of hostile names are shown, not written.
    override this.ToString() =
        let place =
            match this.Part with
            | Some part -> $"{part} (plugin {this.Plugin})"
            | None -> $"plugin {this.Plugin}"

        let line = StringBuilder()

        for c in $"{place}: {this.Message} {this.Advice} [{this.Code}]" do
            if Char.IsControl c then
                line.Append("\\u").Append((int c).ToString "x4") |> ignore
            else
                line.Append c |> ignore

        line.ToString()

namespace SchemaToolkit.Validating

open System
open SchemaToolkit

/// Small words that the rules share. The plugin of an error is filled in by `Validate`.
[<RequireQualifiedAccess>]
module internal Fault =
    let at (part: PartId) code message advice : SchemaError =
        { Code = code
          Plugin = ""
          Part = Some part
          Message = message
          Advice = advice }

    let whole code message advice : SchemaError =
        { Code = code; Plugin = ""; Part = None; Message = message; Advice = advice }

    /// SQLite compares names without regard to the case of ASCII letters, and of no others.
    let fold (name: string) = String.map (fun c -> if Char.IsAscii c then Char.ToLowerInvariant c else c) name

    /// What is there more than once, each once, in order.
    let repeated (items: 'T list) : 'T list =
        items |> List.countBy id |> List.filter (fun (_, count) -> count > 1) |> List.map fst

    let list (names: string list) = names |> List.map (fun name -> $"'{name}'") |> String.concat ", "

    let constraintPart (table: ObjectName) (definition: Constraint) : PartId =
        match definition with
        | Constraint.PrimaryKey key -> PartId.PrimaryKey(table, key.Name)
        | Constraint.Unique unique -> PartId.Unique(table, unique.Name)
        | Constraint.ForeignKey fk -> PartId.ForeignKey(table, fk.Name)
        | Constraint.Check check -> PartId.Check(table, check.Name)

    let private distance (a: string) (b: string) =
        let mutable previous = [| 0 .. b.Length |]

        for i in 1 .. a.Length do
            let current = Array.create (b.Length + 1) i

            for j in 1 .. b.Length do
                let change = if a[i - 1] = b[j - 1] then 0 else 1
                current[j] <- min (min (current[j - 1] + 1) (previous[j] + 1)) (previous[j - 1] + change)

            previous <- current

        previous[b.Length]

    /// Says which known name was probably meant, or lists them.
    let suggest (known: string list) (name: string) =
        let near =
            known
            |> List.map (fun candidate -> distance (fold candidate) (fold name), candidate)
            |> List.filter (fun (distance, _) -> distance <= 2)

        match known with
        | [] -> "There is none to name."
        | _ when not near.IsEmpty -> $"Did you mean '{snd (List.min near)}'?"
        | _ when known.Length <= 12 -> $"Known are {list known}."
        | _ -> $"There are {known.Length} to choose from, such as {list (List.truncate 5 known)}."
