/// GUIDE rows about plugins beside each other: G5, G9, G10, G12, G14, G15, G23, G30.
module SchemaToolkit.Tests.Guide.PluginRows

open System
open System.Threading.Tasks
open Expecto
open SchemaToolkit
open SchemaToolkit.Agents
open SchemaToolkit.Testing
open SchemaToolkit.Tests
open SchemaToolkit.Tests.Data

let private id = Column.integer "id"
let private name = Column.text "name"
let private things = Table.define "things" [ id; name ] |> Table.primaryKey [ id ]

let private put (number: int) (text: string) (db: Database) =
    Query.insert things [ Assign.value id number; Assign.value name text ]
    |> Query.exactly 1L
    |> Query.run db

let private names (db: Database) =
    Query.select things
    |> Query.orderBy [ Order.asc id ]
    |> Query.list (Row.column name)
    |> Query.run db

[<Tests>]
let namespaces =
    testList
        "guide"
        [ OnEngines.each "G5 a plugin owns plugin_<name>, touches nothing else, and shares it with nobody" (fun test ->
              task {
                  do! Front.byHand test $"""CREATE TABLE {Front.nameIn test "public" "things"} (mine INTEGER)"""
                  let foo = Schema.forPlugin "@a/plugin-foo" [ things ]
                  let bar = Schema.forPlugin "@a/plugin-bar" [ things ]
                  Expect.equal (foo.Namespace, bar.Namespace) ("plugin_foo", "plugin_bar") "derived"

                  use! started = Toolkit.start (Front.options test) [ foo; bar ]
                  do! started.Database |> Database.inNamespace "plugin_foo" |> put 1 "foo's"
                  do! started.Database |> Database.inNamespace "plugin_bar" |> put 1 "bar's"
                  let! foos = started.Database |> Database.inNamespace "plugin_foo" |> names
                  Expect.equal foos [ "foo's" ] "tables of one name are apart"

                  // The host's tables live in public; a stranger there is neither taken over nor touched.
                  match! Front.refused (Front.options test) [ Schema.forHost [ things ] ] with
                  | [ MigrationError.NotOurs(_, parts) ] -> Expect.isNonEmpty parts "the stranger"
                  | other -> failtest $"another error: {other}"

                  let! stranger =
                      Front.scalar test $"""SELECT count(mine) FROM {Front.nameIn test "public" "things"}"""

                  Expect.equal (Convert.ToInt64 stranger) 0L "still as it was"

                  let twin = Schema.forPlugin "@b/plugin-foo" [ things ]
                  let! together = Front.refused (Front.options test) [ foo; twin ]
                  Expect.all together _.IsInvalidSchema "two ids on one namespace"
                  Expect.all together (fun e -> (MigrationError.describe e).Contains "@b/plugin-foo") "both are named"

                  match! Front.refused (Front.options test) [ twin ] with
                  | [ MigrationError.NamespaceTaken(_, _, owner) ] -> Expect.equal owner "@a/plugin-foo" "on record"
                  | other -> failtest $"another error: {other}"
              }) ]

[<Tests>]
let together =
    testList
        "guide"
        [ OnEngines.each "G9 embedded and server alike: two agents start at once and both work" (fun test ->
              task {
                  let plugin = Plugin.define "@guide/plugin-things" |> Plugin.tables [ things ]

                  let! numbers =
                      Front.atOnce 2 (fun agent ->
                          task {
                              use! host = Front.host test (new RuleBasedChatClient()) [ plugin ]
                              // PGLite mixes up what its connections say outside transactions.
                              do!
                                  host.Database
                                  |> Database.inNamespace "plugin_things"
                                  |> Database.transaction (put agent $"agent {agent}")

                              let! found = host.Database |> Database.inNamespace "plugin_things" |> names
                              return found.Length
                          })

                  Expect.contains numbers 2 "the later one saw both"
              })

          OnEngines.each "G10 one start at a time: eight on an empty database make one change" (fun test ->
              task {
                  let schema = Schema.forPlugin "@guide/plugin-things" [ things ]
                  let! reports = Front.atOnce 8 (fun _ -> Front.apply test schema)
                  let applied = reports |> Array.filter (fun report -> report.Outcomes.Head.Outcome.IsApplied)
                  Expect.hasLength applied 1 "one applied"
                  let! history = Front.history test
                  Expect.equal (history |> List.map _.Outcome) [ "applied" ] "one row in the ledger"
              })

          // Processes of their own do the same under tests/SchemaToolkit.Tests/Migrations.
          OnEngines.each "G30 several agents share a namespace: eight hosts start together and write" (fun test ->
              task {
                  let plugin = Plugin.define "@guide/plugin-things" |> Plugin.tables [ things ]

                  let! hosts = Front.atOnce 8 (fun _ -> Front.host test (new RuleBasedChatClient()) [ plugin ])
                  let database (host: AgentHost) = host.Database |> Database.inNamespace "plugin_things"

                  // PGLite mixes up what its connections say outside transactions, as each does when it is first used.
                  for host in hosts do
                      let! _ = database host |> names
                      ()

                  let! _ =
                      Front.atOnce 8 (fun agent ->
                          database hosts[agent - 1] |> Database.transaction (put agent $"agent {agent}"))

                  for host in hosts do
                      do! (host :> System.IAsyncDisposable).DisposeAsync()

                  use! host = Front.host test (new RuleBasedChatClient()) [ plugin ]
                  let! found = host.Database |> Database.inNamespace "plugin_things" |> names
                  Expect.equal found [ for agent in 1..8 -> $"agent {agent}" ] "all are there"
                  let! history = Front.history test
                  Expect.hasLength history 1 "one applied"
              }) ]

[<Tests>]
let phases =
    testList
        "guide"
        [ OnEngines.each "G12 init runs after every migration, with proof, on tables that are there" (fun test ->
              task {
                  let seen = ResizeArray<string>()

                  let plugin (id: string) =
                      Plugin.define id
                      |> Plugin.tables [ things ]
                      |> Plugin.init (fun migrated context ->
                          task {
                              // The other plugin's table too, whichever is initialised first.
                              for ns in [ "plugin_one"; "plugin_two" ] do
                                  let! _ = context.Database |> Database.inNamespace ns |> names
                                  ()

                              do! context.Database |> put 1 migrated.Plugin
                              seen.Add $"{migrated.Plugin} {migrated.Changes.Length}"
                          })

                  use! first =
                      Front.host
                          test
                          (new RuleBasedChatClient())
                          [ plugin "@guide/plugin-one"; plugin "@guide/plugin-two" ]

                  Expect.equal
                      (List.ofSeq seen)
                      [ "@guide/plugin-one 2"; "@guide/plugin-two 2" ]
                      "proof of two steps each"

                  let! mine = first.Database |> Database.inNamespace "plugin_two" |> names
                  Expect.equal mine [ "@guide/plugin-two" ] "init wrote"
              })

          OnEngines.each "G23 a plugin registers schema, actions, providers and init" (fun test ->
              task {
                  let mutable initialised = false

                  let plugin =
                      Plugin.define "@guide/plugin-things"
                      |> Plugin.describe "Remembers things"
                      |> Plugin.tables [ things ]
                      |> Plugin.action (
                          Action.define "KEEP" "Keeps a thing" (fun context ->
                              task {
                                  do! context.Database |> put 1 context.Message.Text
                                  return ActionResult.ok "kept"
                              })
                      )
                      |> Plugin.provider (
                          Provider.define "THINGS" "What was kept" (fun context ->
                              task {
                                  let! found = context.Database |> names
                                  return ProviderResult.text (String.concat ", " found)
                              })
                      )
                      |> Plugin.init (fun _ _ -> task { initialised <- true })

                  use! host = Front.host test (new RuleBasedChatClient()) [ plugin ]
                  let message = Message.create (Conversation.fresh ()) "an umbrella"
                  let! turn = host.Runtime |> Runtime.handle message

                  Expect.equal
                      (turn.Outcomes |> List.map (fun o -> o.Action, o.Result.Text))
                      [ "KEEP", "kept" ]
                      "action"

                  let! known = host.Runtime |> Runtime.compose message
                  Expect.equal known.Text "an umbrella" "provider"
                  Expect.isTrue initialised "init"
              }) ]

[<Tests>]
let tables =
    testList
        "guide"
        [ OnEngines.each "G14 indexes come with the table, whole, and can change" (fun test ->
              task {
                  let age = Column.integer "age" |> Column.optional
                  let people = Table.define "people" [ id; name; age ] |> Table.primaryKey [ id ]

                  let adults (limit: int) =
                      Index.by [ IndexPart.column age |> IndexPart.descending; IndexPart.column name ]
                      |> Index.named "idx_adults"
                      |> Index.where $"{age} >= {limit}"

                  let lower =
                      Index.by [ IndexPart.expression $"lower({name})" ] |> Index.unique |> Index.named "idx_lower"

                  let declare (limit: int) =
                      Schema.forPlugin
                          "@guide/plugin-people"
                          [ people |> Table.indexWith (adults limit) |> Table.indexWith lower ]

                  let definition () =
                      task {
                          let sql =
                              match test.Engine with
                              | Engine.Sqlite -> "SELECT sql FROM sqlite_schema WHERE name LIKE '%idx_adults'"
                              | Engine.Postgres
                              | Engine.PGlite -> "SELECT indexdef FROM pg_indexes WHERE indexname = 'idx_adults'"

                          let! found = Front.scalar test sql
                          return (string found).ToLowerInvariant()
                      }

                  let! _ = Front.apply test (declare 18)
                  let! made = definition ()

                  for word in [ "desc"; "name"; "where"; "18" ] do
                      Expect.stringContains made word "the engine's own words"

                  do! Front.expectSettled test (declare 18)

                  let! _ = Front.apply test (declare 21)
                  let! changed = definition ()
                  Expect.stringContains changed "21" "the predicate changed"
                  do! Front.expectSettled test (declare 21)
              })

          OnEngines.each "G15 a table with agent_id is the agent's own, one without is shared" (fun test ->
              task {
                  let schema = Schema.forPlugin "@guide/plugin-notes" [ Notes.table; things ]
                  use! started = Front.start test schema
                  let one, two = Guid.NewGuid(), Guid.NewGuid()
                  let forAgent agent = started.Database |> Database.forAgent agent

                  let note (number: int) (text: string) : Notes.Record =
                      { Id = number; AgentId = Guid.Empty; Text = text }

                  let! mine = forAgent one |> Repository.insert (note 1 "one's") Notes.repository
                  Expect.equal mine.AgentId one "filled"
                  let! _ = forAgent two |> Repository.insert (note 2 "two's") Notes.repository

                  let! seen = forAgent one |> Repository.list Notes.repository
                  Expect.equal (seen |> List.map _.Text) [ "one's" ] "filtered"
                  let! gone = forAgent one |> Repository.delete 2 Notes.repository
                  Expect.isFalse gone "another agent's row is out of reach"

                  let! nobody = started.Database |> Database.tryRun (Repository.list Notes.repository)
                  Expect.isError nobody "without an agent nothing is read"

                  do! forAgent one |> put 1 "shared"
                  let! everyone = forAgent two |> names
                  Expect.equal everyone [ "shared" ] "no agent_id, no scope"
              }) ]
