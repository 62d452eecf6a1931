// 03 · A schema changes: what is safe is applied, what destroys is blocked with its reason, then done by consent.
//
//     dotnet fsi scripts/03-evolve.fsx [--database "Host=…"]
//
// Ends with: Version 3 is there; the note kept its title.
#load "toolkit.fsx"

open SchemaToolkit

let id = Column.integer "id"
let title = Column.varchar 40 "title"
let draft = Column.text "draft" |> Column.optional

// A longer title, a nullable column and an index.
let longTitle = Column.varchar 200 "title"
let mood = Column.text "mood" |> Column.optional

let notes (columns: ColumnHandle list) = Table.define "notes" columns |> Table.primaryKey [ id ]
let declare (table: Table) = Schema.forPlugin "@schematoolkit/sample-evolve" [ table ]

let version1 = declare (notes [ id; title; draft ])
let version2 = declare (notes [ id; longTitle; draft; mood ] |> Table.index [ mood ])
let version3 = declare (notes [ id; longTitle; mood ] |> Table.index [ mood ])

// Production is what an unset environment means; here it is said, so that the sample ends alike everywhere.
let options = Script.options "evolve" |> ToolkitOptions.stage Stage.Production

Script.run (
    task {
        do! Sample.startOver options version1

        use! first = Toolkit.start options [ version1 ]
        printfn $"Version 1. {first.Report}"

        let note =
            Query.insert
                version1.Tables.Head
                [ Assign.value id 1; Assign.value title "Evolve"; Assign.value draft (Some "First thoughts") ]

        let! _ = first.Database |> Database.run (Query.execute note)

        use! second = Toolkit.start options [ version2 ]
        printfn $"Version 2. {second.Report}"

        // Dropping a column that holds values needs consent: for this hazard, this object, between these two versions.
        match! Toolkit.tryStart options [ version3 ] System.Threading.CancellationToken.None with
        | Ok _ -> failwith "A drop went through unasked."
        | Error failure -> printfn $"\nVersion 3. {failure}\n"

        match! Toolkit.plan options version3 with
        | Error error -> failwith (MigrationError.describe error)
        | Ok plan ->
            let consented = options |> ToolkitOptions.consenting (Plan.consentsNeeded plan)
            use! third = Toolkit.start consented [ version3 ]
            printfn $"With consent. {third.Report}"

            let titles = Query.select version3.Tables.Head |> Query.one (Row.column longTitle)
            let! kept = third.Database |> Database.run titles
            printfn $"""Version 3 is there; the note {if kept = "Evolve" then "kept" else "lost"} its title."""
    }
)
