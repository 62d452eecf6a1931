// 08 · The database counts, in C#: a trigger keeps the stock while movements are written, a view shows what runs short.
// It declares the same schema as 08-stock.fsx; PostgreSQL's trigger calls a function, SQLite's holds its statement.
//
//     dotnet run scripts/08-stock.cs [--database "Host=…"]
//
// Ends with: Running short: nails (4), rope (2).
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using System.Text.RegularExpressions;
using SchemaToolkit.Fluent;

var items = Table.Define<Item>("items", t => t.PrimaryKey(x => x.Name));

var schema = Schema.For("@schematoolkit/sample-stock", s =>
{
    // Names go through holes: they are quoted as the engine wants it, and a rename reaches them.
    var count = s.Function("count_movement", (Item i) =>
        $"""
        () RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE {i} SET {i.Amount} = {i.Amount} + NEW.change WHERE {i.Name} = NEW.item_name;
            RETURN NULL;
        END $$
        """).OnlyOn(Engine.Postgres);

    s.Table(items);
    s.Table<Movement>("movements", t =>
    {
        t.Column(x => x.Id).Identity();
        t.PrimaryKey(x => x.Id);
        t.References<Item>(x => x.ItemName, i => i.Name);
        t.Trigger(
            "movements_count",
            sqlite: x =>
                $"""
                AFTER INSERT ON {x} FOR EACH ROW BEGIN
                    UPDATE {items} SET {items.Column(i => i.Amount)} = {items.Column(i => i.Amount)} + NEW.{x.Change} WHERE {items.Column(i => i.Name)} = NEW.{x.ItemName};
                END
                """,
            postgres: x => $"AFTER INSERT ON {x} FOR EACH ROW EXECUTE FUNCTION {count}()");
    });
    s.View("shortages", (Item i) => $"SELECT {i.Name}, {i.Amount} FROM {i} WHERE {i.Amount} < 5").As<Shortage>();
});

// The action writes movements; the provider asks the view.
var words = new Regex(@"(take|bring) (\d+) (\w+)", RegexOptions.IgnoreCase);
var plugin = AgentPlugin.Define(schema.Plugin, p =>
{
    p.Schema(schema);
    p.Action("MOVE_STOCK", "Takes things from the stock or brings them.", async turn =>
    {
        var hit = words.Match(turn.Message.Text);
        var amount = int.Parse(hit.Groups[2].Value);
        var sign = hit.Groups[1].Value.Equals("take", StringComparison.OrdinalIgnoreCase) ? -1 : 1;
        await turn.Repository<Movement>().InsertAsync(new(0, hit.Groups[3].Value, sign * amount), turn.CancellationToken);
        return ActionResult.Ok($"Noted: {hit.Value}.");
    }).WhenTextHas("take", "bring");

    p.Provider("SHORTAGES", "What runs short.", async turn =>
    {
        var missing = await turn.Query<Shortage>().OrderBy(x => x.Name).ListAsync(turn.CancellationToken);
        return new ProviderResult($"Running short: {string.Join(", ", missing.Select(each => $"{each.Name} ({each.Amount})"))}.");
    });
});

await using var toolkit = await Toolkit.StartAsync(o => o.App("stock").Arguments(args).Plugin(plugin).Chat(ChatClients.RuleBased()));
Console.WriteLine($"{toolkit.Report}\n");

// Every run tells the same story.
await toolkit.Repository<Movement>().DeleteAsync(x => x.Id > 0);
await toolkit.Repository<Item>().DeleteAsync(x => x.Amount > int.MinValue);
await toolkit.Repository<Item>().InsertManyAsync([new("nails", 12), new("rope", 3), new("saws", 7)]);

var room = new Conversation(
    User: new("ada00000-0000-4000-8000-000000000001"),
    Agent: new("a9e27000-0000-4000-8000-000000000001"),
    Room: new("2007a000-0000-4000-8000-000000000001"));
foreach (var text in (string[])["I take 8 nails", "I take 6 rope", "I bring 5 rope"])
{
    Console.WriteLine($"Ada: {text}");
    foreach (var outcome in (await toolkit.HandleAsync(AgentMessage.Create(room, text))).Outcomes)
        Console.WriteLine($"  {outcome.Result.Error ?? outcome.Result.Text}");
}

var known = await toolkit.ComposeAsync(AgentMessage.Create(room, "What is missing?"));
Console.WriteLine($"\n{known.Text}");

/// <summary>What is in stock.</summary>
record Item(string Name, int Amount);

/// <summary>What was taken or brought.</summary>
record Movement(long Id, string ItemName, int Change);

/// <summary>A row of the view.</summary>
record Shortage(string Name, int Amount);
