// 01 · A table, a row.
//
//     dotnet fsi scripts/01-hello.fsx [--database "Host=…"]
//
// Ends with: Hello, Ada! You have been here before.
#load "toolkit.fsx"

open SchemaToolkit

module Guest =
    let name = Column.text "name"
    let visits = Column.integer "visits" |> Column.defaultsTo (Default.value 1)
    let table = Table.define "guests" [ name; visits ] |> Table.primaryKey [ name ]

type Guest = { Name: string; Visits: int }

let guests = Repository.define<Guest> Guest.table

let schema = Schema.forPlugin "@schematoolkit/sample-hello" [ Guest.table ]

let greet name =
    Repository.upsertWith [ Guest.name ] [ Assign.value Guest.name name ] [ Assign.add Guest.visits 1 ] guests

Script.run (
    task {
        // Compares the declaration with the database, and applies the difference.
        use! started = Toolkit.start (Script.options "hello") [ schema ]
        printfn $"{started.Report}"

        let! first = started.Database |> greet "Ada"
        printfn $"Hello, {first.Name}! Visit {first.Visits}."

        let! again = started.Database |> greet "Ada"
        printfn $"""Hello, {again.Name}! {if again.Visits > 1 then "You have been here before." else "Welcome."}"""
    }
)
