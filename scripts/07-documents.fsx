// 07 · Search by meaning: documents with embeddings, the nearest first. PostgreSQL searches through an index of pgvector,
// SQLite compares every row; the declaration and the query are the same.
//
//     dotnet fsi scripts/07-documents.fsx [--database "Host=…"]
//
// Ends with: Nearest: Kittens sleep all day.
// Without pgvector: Skipped: this PostgreSQL does not have pgvector.
#load "toolkit.fsx"

open System
open System.Text.Json
open System.Threading
open SchemaToolkit

module Document =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let content = Column.text "content"
    let embedding = Column.vector 4 "embedding"
    let metadata = Column.json "metadata" |> Column.defaultsTo Default.emptyObject

    let table =
        Table.define "documents" [ id; content; embedding; metadata ]
        |> Table.primaryKey [ id ]
        |> Table.indexWith (Index.on [ embedding ] |> Index.using "hnsw" |> Index.opClass "vector_cosine_ops")

let schema = Schema.forPlugin "@schematoolkit/sample-documents" [ Document.table ]

/// A stand-in for a model that embeds: how much a text is about animals, rest, food and machines.
let embed (text: string) : float32[] =
    let topics =
        [ [ "kitten"; "cat"; "dog"; "horse" ]
          [ "sleep"; "nap"; "rest"; "day" ]
          [ "bread"; "soup"; "eat"; "bake" ]
          [ "engine"; "motor"; "oil"; "gear" ] ]

    let about (words: string list) =
        words
        |> List.filter (fun word -> text.Contains(word, StringComparison.OrdinalIgnoreCase))
        |> List.length

    [| for words in topics -> 0.1f + float32 (about words) |]

let add (text: string) = [ Assign.value Document.content text; Assign.value Document.embedding (embed text) ]

let nearest (text: string) (count: int) =
    let distance = Vector.cosine Document.embedding (embed text)

    Query.select Document.table
    |> Query.orderBy [ Order.asc distance ]
    |> Query.limit count
    |> Query.list (
        row {
            let! content = Row.column Document.content
            and! distance = Row.expression distance
            return content, distance
        }
    )

let search (db: Database) =
    task {
        let texts =
            [ "Kittens sleep all day."
              "Bake the bread slowly."
              "The engine needs oil."
              "Dogs eat soup, too." ]

        do! db |> Database.run (Query.insertMany Document.table (List.map add texts) |> Query.exactly 4L)

        let! found = db |> Database.run (nearest "a cat that naps" 3)

        for content, distance in found do
            printfn $"{distance:F3}  {content}"

        printfn $"Nearest: {found |> List.head |> fst}"
    }

let options = Script.options "documents"

Script.run (
    task {
        do! Sample.startOver options schema

        match! Toolkit.tryStart options [ schema ] CancellationToken.None with
        | Ok started ->
            use started = started
            do! search started.Database
        | Error failure ->
            match failure.Report.Errors with
            | [ MigrationError.CannotProject _ ] ->
                printfn $"{failure}"
                printfn "Skipped: this PostgreSQL does not have pgvector."
            | _ -> raise (MigrationException failure)
    }
)
