namespace SchemaToolkit.Tests.Data

open System
open System.Text.Json
open SchemaToolkit

/// The guide's tables: user preferences, points, actions, measurements, documents.
module Preferences =
    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let userId = Column.uuid "user_id"
    let preferences = Column.json "preferences" |> Column.defaultsTo Default.emptyObject
    let createdAt = Column.timestamp "created_at" |> Column.defaultsTo Default.now
    let updatedAt = Column.timestamp "updated_at" |> Column.defaultsTo Default.now

    let table =
        Table.define "user_preferences" [ id; userId; preferences; createdAt; updatedAt ]
        |> Table.primaryKey [ id ]
        |> Table.unique [ userId ]

    type Record =
        { Id: Guid
          UserId: Guid
          Preferences: JsonElement
          CreatedAt: DateTimeOffset
          UpdatedAt: DateTimeOffset }

    let repository =
        Repository.define<Record> table
        |> Repository.databaseFills [ id; createdAt; updatedAt ]
        |> Repository.touch updatedAt

    /// The guide's upsert.
    let save (user: Guid) (value: JsonElement) =
        let values = [ Assign.value userId user; Assign.value preferences value ]
        repository |> Repository.upsertValues [ userId ] values

module Points =
    let user = Column.text "user_name"
    let balance = Column.decimal 12 2 "balance"

    let table =
        Table.define "points" [ user; balance ]
        |> Table.primaryKey [ user ]
        |> Table.check "not_negative" $"{balance} >= 0"

    type Record = { UserName: string; Balance: decimal }
    let repository = Repository.define<Record> table

    let row = Row.record<Record> table

    /// The guide's transfer: ordered locks, a checked balance, both sides there.
    let transfer (sender: string) (receiver: string) (amount: decimal) (db: Database) =
        db
        |> Database.transactionWith TransactionOptions.serializable (fun db ->
            task {
                let! held =
                    Query.select table
                    |> Query.where (Where.isIn user [ sender; receiver ])
                    |> Query.orderBy [ Order.asc user ]
                    |> Query.forUpdate
                    |> Query.list row
                    |> Query.run db

                let enough = held |> List.exists (fun points -> points.UserName = sender && points.Balance >= amount)

                if not enough then
                    return Error "overdraft"
                else
                    do!
                        Query.update table [ Assign.add balance -amount ]
                        |> Query.where (Where.eq user sender)
                        |> Query.exactly 1L
                        |> Query.run db

                    do!
                        Query.update table [ Assign.add balance amount ]
                        |> Query.where (Where.eq user receiver)
                        |> Query.exactly 1L
                        |> Query.run db

                    return Ok()
            })

module Actions =
    let id = Column.bigint "id"
    let userId = Column.uuid "user_id"
    let action = Column.varchar 40 "action"
    let weight = Column.numeric "weight" |> Column.optional
    let createdAt = Column.timestamp "created_at"

    let table = Table.define "actions" [ id; userId; action; weight; createdAt ] |> Table.primaryKey [ id ]

    type Record =
        { Id: int64
          UserId: Guid
          Action: string
          Weight: decimal option
          CreatedAt: DateTimeOffset }

    let repository = Repository.define<Record> table

/// A table whose rows belong to agents.
module Notes =
    let id = Column.integer "id"
    let agentId = Column.uuid "agent_id"
    let text = Column.text "text"

    let table =
        Table.define "notes" [ id; agentId; text ] |> Table.primaryKey [ id ] |> Table.unique [ text ]

    type Record = { Id: int; AgentId: Guid; Text: string }
    let repository = Repository.define<Record> table

module Documents =
    let id = Column.integer "id"
    let embedding = Column.vector 3 "embedding"
    let table = Table.define "documents" [ id; embedding ] |> Table.primaryKey [ id ]

    type Record = { Id: int; Embedding: float32[] }
    let repository = Repository.define<Record> table

module Json =
    let parse (text: string) = JsonElement.Parse text
