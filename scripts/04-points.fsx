// 04 · Points move between users in a transaction: no overdraft, nobody paid into nowhere, every transfer in the log.
//
//     dotnet fsi scripts/04-points.fsx [--database "Host=…"]
//
// Ends with: Ada 70, Ben 30: 100 points as before, 1 transfer in the log.
#load "toolkit.fsx"

open System
open SchemaToolkit

module Account =
    let userId = Column.uuid "user_id"
    let points = Column.integer "points" |> Column.defaultsTo (Default.value 0)

    let table =
        Table.define "accounts" [ userId; points ]
        |> Table.primaryKey [ userId ]
        |> Table.check "no_overdraft" $"{points} >= 0"

module Transfer =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let sender = Column.uuid "sender_id"
    let receiver = Column.uuid "receiver_id"
    let amount = Column.integer "amount"
    let createdAt = Column.timestamp "created_at" |> Column.defaultsTo Default.now

    let table =
        Table.define "transfers" [ id; sender; receiver; amount; createdAt ]
        |> Table.primaryKey [ id ]
        |> Table.references Account.table [ (sender, Account.userId) ]
        |> Table.references Account.table [ (receiver, Account.userId) ]
        |> Table.check "positive" $"{amount} > 0"

let schema = Schema.forPlugin "@schematoolkit/sample-points" [ Account.table; Transfer.table ]

type Account = { UserId: Guid; Points: int }

let accounts = Repository.define<Account> Account.table

type Refusal =
    | NoAccount of user: Guid
    | Overdraft of points: int * amount: int

let transfer (sender: Guid) (receiver: Guid) (amount: int) =
    // Both rows are held in the order of their key, so that two transfers cannot wait for each other.
    let both =
        Query.select Account.table
        |> Query.where (Where.isIn Account.userId [ sender; receiver ])
        |> Query.orderBy [ Order.asc Account.userId ]
        |> Query.forUpdate
        |> Query.list (Row.record<Account> Account.table)

    let add user change =
        accounts
        |> Repository.updateWhere [ Assign.add Account.points change ] (Where.eq Account.userId user)

    let log =
        Query.insert
            Transfer.table
            [ Assign.value Transfer.sender sender
              Assign.value Transfer.receiver receiver
              Assign.value Transfer.amount amount ]
        |> Query.exactly 1L

    Database.transaction (fun db ->
        task {
            let! held = db |> Database.run both
            let find user = held |> List.tryFind (fun account -> account.UserId = user)

            match find sender, find receiver with
            | None, _ -> return Error(NoAccount sender)
            | _, None -> return Error(NoAccount receiver)
            | Some from, Some _ when from.Points < amount -> return Error(Overdraft(from.Points, amount))
            | Some _, Some _ ->
                let! _ = db |> add sender -amount
                let! _ = db |> add receiver amount
                do! db |> Database.run log
                return Ok()
        })

let ada = Guid "ada00000-0000-4000-8000-000000000001"
let ben = Guid "be000000-0000-4000-8000-000000000002"
let nobody = Guid.Empty

let options = Script.options "points"

Script.run (
    task {
        do! Sample.startOver options schema
        use! started = Toolkit.start options [ schema ]
        let db = started.Database

        let! _ =
            db
            |> Repository.insertMany [ { UserId = ada; Points = 100 }; { UserId = ben; Points = 0 } ] accounts

        let! paid = db |> transfer ada ben 30
        printfn $"Ada pays Ben 30: %A{paid}"

        let! overdrawn = db |> transfer ada ben 1_000
        printfn $"Ada pays Ben 1000: %A{overdrawn}"

        let! lost = db |> transfer ada nobody 10
        printfn $"Ada pays nobody 10: %A{lost}"

        let! adas = db |> Repository.find ada accounts
        let! bens = db |> Repository.find ben accounts
        let! transfers = db |> Database.run (Query.select Transfer.table |> Query.count)

        match adas, bens with
        | Some adas, Some bens ->
            let sum = adas.Points + bens.Points
            printfn $"Ada {adas.Points}, Ben {bens.Points}: {sum} points as before, {transfers} transfer in the log."
        | _ -> failwith "An account is gone."
    }
)
