// 05 · What a user did: how much, on how many days, and what most often. One query, the same on every engine.
//
//     dotnet fsi scripts/05-analytics.fsx [--database "Host=…"]
//
// Ends with: Ada: 6 actions on 3 days, most often search.
#load "toolkit.fsx"

open System
open SchemaToolkit

module UserAction =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let userId = Column.uuid "user_id"
    let actionType = Column.varchar 100 "action_type"
    let createdAt = Column.timestamp "created_at" |> Column.defaultsTo Default.now

    let table =
        Table.define "user_actions" [ id; userId; actionType; createdAt ]
        |> Table.primaryKey [ id ]
        |> Table.index [ userId; createdAt ]

let schema = Schema.forPlugin "@schematoolkit/sample-analytics" [ UserAction.table ]

type Activity = { Actions: int64; Days: int64; MostCommon: string option }

let activity (user: Guid) (since: DateTimeOffset) =
    Query.select UserAction.table
    |> Query.where (Where.eq UserAction.userId user)
    |> Query.where (Where.ge UserAction.createdAt since)
    |> Query.one (
        row {
            let! actions = Row.expression Aggregate.count
            and! days = Row.expression (Aggregate.countDistinct (Bucket.date UserAction.createdAt))
            and! mostCommon = Row.expression (Aggregate.mode UserAction.actionType)
            return { Actions = actions; Days = days; MostCommon = mostCommon }
        }
    )

let ada = Guid "ada00000-0000-4000-8000-000000000001"
let ben = Guid "be000000-0000-4000-8000-000000000002"
let today = DateTimeOffset(2026, 3, 15, 12, 0, 0, TimeSpan.Zero)

let did (user: Guid) (daysAgo: float) (what: string) =
    [ Assign.value UserAction.userId user
      Assign.value UserAction.actionType what
      Assign.value UserAction.createdAt (today.AddDays -daysAgo) ]

let options = Script.options "analytics"

Script.run (
    task {
        do! Sample.startOver options schema
        use! started = Toolkit.start options [ schema ]
        let db = started.Database

        let actions =
            [ did ada 0.0 "search"
              did ada 0.1 "search"
              did ada 1.0 "like"
              did ada 1.1 "search"
              did ada 2.0 "share"
              did ada 2.1 "like"
              did ada 90.0 "like"
              did ben 0.0 "share" ]

        do! db |> Database.run (Query.insertMany UserAction.table actions |> Query.exactly 8L)

        for name, user in [ "Ben", ben; "Ada", ada ] do
            let! found = db |> Database.run (activity user (today.AddDays -30.0))
            let most = found.MostCommon |> Option.defaultValue "nothing"
            printfn $"{name}: {found.Actions} actions on {found.Days} days, most often {most}."
    }
)
