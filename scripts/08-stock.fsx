// 08 · The database counts: a trigger keeps the stock while movements are written, a view shows what runs short.
// PostgreSQL's trigger calls a function, SQLite's holds its statement; the plugin knows of neither.
//
//     dotnet fsi scripts/08-stock.fsx [--database "Host=…"]
//
// Ends with: Running short: nails (4), rope (2).
#load "toolkit.fsx"

open System
open System.Text.RegularExpressions
open SchemaToolkit
open SchemaToolkit.Agents

module Item =
    let name = Column.text "name"
    let amount = Column.integer "amount"
    let table = Table.define "items" [ name; amount ] |> Table.primaryKey [ name ]

module Movement =
    let id = Column.bigint "id" |> Column.identityByDefault
    let item = Column.text "item_name"
    let change = Column.integer "change"

    let table =
        Table.define "movements" [ id; item; change ]
        |> Table.primaryKey [ id ]
        |> Table.references Item.table [ (item, Item.name) ]

// Names go through holes: they are quoted as the engine wants it, and a rename reaches them.

let count =
    Function.define
        "count_movement"
        $"""() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {Item.table} SET {Item.amount} = {Item.amount} + NEW.change WHERE {Item.name} = NEW.item_name;
    RETURN NULL;
END $$"""
    |> SchemaObject.onlyOn "postgres"

let counted =
    Trigger.definePer
        "movements_count"
        Movement.table
        (Declared.per
            [ "postgres", $"AFTER INSERT ON {Movement.table} FOR EACH ROW EXECUTE FUNCTION {count}()"
              "sqlite",
              $"""AFTER INSERT ON {Movement.table} FOR EACH ROW BEGIN
    UPDATE {Item.table} SET {Item.amount} = {Item.amount} + NEW.{Movement.change} WHERE {Item.name} = NEW.{Movement.item};
END""" ])

let shortages =
    View.define "shortages" $"SELECT {Item.name}, {Item.amount} FROM {Item.table} WHERE {Item.amount} < 5"

let schema =
    Schema.forPlugin "@schematoolkit/sample-stock" [ Item.table; Movement.table ]
    |> Schema.withObjects [ count; counted; shortages ]

// The action writes movements; the provider asks the view.

let words = Regex(@"(take|bring) (\d+) (\w+)", RegexOptions.IgnoreCase)

let move =
    Action.define "MOVE_STOCK" "Takes things from the stock or brings them." (fun context ->
        task {
            let hit = words.Match context.Message.Text
            let sign = if hit.Groups[1].Value.ToLowerInvariant() = "take" then -1 else 1
            let item = hit.Groups[3].Value

            let movement =
                Query.insert
                    Movement.table
                    [ Assign.value Movement.item item; Assign.value Movement.change (sign * int hit.Groups[2].Value) ]

            let! _ = context.Database |> Database.run (Query.execute movement)
            return ActionResult.ok $"Noted: {hit.Value}."
        })
    |> Action.whenText words.IsMatch

let runningShort =
    Query.select (View.rows [ Item.name; Item.amount ] shortages)
    |> Query.orderBy [ Order.asc Item.name ]
    |> Query.list (
        row {
            let! name = Row.column Item.name
            and! amount = Row.column Item.amount
            return $"{name} ({amount})"
        }
    )

let knowShortages =
    Provider.define "SHORTAGES" "What runs short." (fun context ->
        task {
            let! short = context.Database |> Database.run runningShort
            let list = String.Join(", ", short)
            return ProviderResult.text $"Running short: {list}."
        })

let plugin =
    Plugin.define schema.Plugin
    |> Plugin.schema schema
    |> Plugin.action move
    |> Plugin.provider knowShortages

let options = Script.options "stock"

let room =
    Conversation.create
        (Guid "ada00000-0000-4000-8000-000000000001")
        (Guid "a9e27000-0000-4000-8000-000000000001")
        (Guid "2007a000-0000-4000-8000-000000000001")

Script.run (
    task {
        do! Sample.startOver options schema
        use! host = AgentHost.start options (new RuleBasedChatClient()) [ plugin ]
        printfn $"{host.Report}\n"

        for name, amount in [ "nails", 12; "rope", 3; "saws", 7 ] do
            let item = Query.insert Item.table [ Assign.value Item.name name; Assign.value Item.amount amount ]
            let! _ = host.Database |> Database.run (Query.execute item)
            ()

        for text in [ "I take 8 nails"; "I take 6 rope"; "I bring 5 rope" ] do
            printfn $"Ada: {text}"
            let! turn = host.Runtime |> Runtime.handle (Message.create room text)

            for outcome in turn.Outcomes do
                printfn $"  {outcome.Result.Error |> Option.defaultValue outcome.Result.Text}"

        let! known = host.Runtime |> Runtime.compose (Message.create room "What is missing?")
        printfn $"\n{known.Text}"
    }
)
