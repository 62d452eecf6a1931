/// The plugins that the tests of the migrator start, some of them in processes of their own.
module SchemaToolkit.Tests.Migrations.Declared

open SchemaToolkit

/// One table in several versions.
[<RequireQualifiedAccess>]
module Notes =
    let plugin = "@test/plugin-notes"
    let ns = Namespace.derive plugin
    let table = ObjectName.create ns "notes"

    let id = Column.uuid "id" |> Column.defaultsTo Default.newUuid
    let title = Column.varchar 200 "title"
    let body = Column.text "body" |> Column.optional
    let score = Column.integer "score" |> Column.defaultsTo (Default.value 0)
    let stars = Column.integer "stars" |> Column.defaultsTo (Default.value 1)
    let must = Column.integer "must"
    let scoreText = Column.text "score"

    let define (columns: ColumnHandle list) = Table.define "notes" columns |> Table.primaryKey [ id ]
    let schema (table: Table) = Schema.forPlugin plugin [ table ]

    let private first =
        define [ id; title; body; score ] |> Table.index [ title ] |> Table.check "positive" $"{score} >= 0"

    let v1 = schema first

    /// What version 1 declares is all there.
    let v2 =
        define [ id; title; body; score; stars ]
        |> Table.index [ title ]
        |> Table.index [ stars ]
        |> Table.check "positive" $"{score} >= 0"
        |> schema

    /// Nothing that version 1 could work with: a column gone, one of another type, one that it cannot fill.
    let v3 = define [ id; title; scoreText; must ] |> Table.index [ title ] |> schema

/// Three tables, the last of which cannot be made: its check calls a function that no engine has.
[<RequireQualifiedAccess>]
module Broken =
    let plugin = "@test/plugin-broken"
    let ns = Namespace.derive plugin

    let private id = Column.integer "id"
    let private amount = Column.integer "amount"

    let private simple name = Table.define name [ id; amount ] |> Table.primaryKey [ id ]

    let schema =
        Schema.forPlugin
            plugin
            [ simple "a_first" |> Table.index [ amount ]
              simple "b_second"
              simple "c_third" |> Table.check "odd" $"no_such_function({amount}) > 0" ]

    let mended = Schema.forPlugin plugin [ simple "a_first" |> Table.index [ amount ]; simple "b_second" ]

/// Many small tables, so that there is a middle to be killed in.
[<RequireQualifiedAccess>]
module Many =
    let plugin = "@test/plugin-many"
    let ns = Namespace.derive plugin
    let private id = Column.integer "id"
    let private name = Column.text "name"

    let schema =
        Schema.forPlugin
            plugin
            [ for i in 1..12 do
                  Table.define $"t{i:d2}" [ id; name ] |> Table.primaryKey [ id ] |> Table.index [ name ] ]

/// By the name that a process is told to start.
let byName (name: string) : Schema list =
    match name with
    | "notes-1" -> [ Notes.v1 ]
    | "notes-2" -> [ Notes.v2 ]
    | "numbered-1" -> [ Notes.v1 |> Schema.version 1 ]
    | "numbered-2" -> [ Notes.v2 |> Schema.version 2 ]
    | "many" -> [ Many.schema ]
    | other -> invalidArg "name" $"There is no plugin called {other} among the tests'."
