// 04 · Points move between users in a transaction, in C#: no overdraft, nobody paid into nowhere, every transfer in the log.
//
//     dotnet run scripts/04-points.cs [--database "Host=…"]
//
// Ends with: Ada 70, Ben 30: 100 points as before, 1 transfer in the log.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using SchemaToolkit.Fluent;

var accounts = Table.Define<Account>("accounts", t =>
{
    t.Column(x => x.Points).DefaultsTo(0);
    t.PrimaryKey(x => x.UserId);
    t.Check("no_overdraft", x => $"{x.Points} >= 0");
});

var schema = Schema.For("@schematoolkit/sample-points-csharp", s =>
{
    s.Table(accounts);
    s.Table<Transfer>("transfers", t =>
    {
        t.Column(x => x.Id).DefaultsToNewUuid();
        t.Column(x => x.CreatedAt).DefaultsToNow();
        t.PrimaryKey(x => x.Id);
        t.References<Account>(x => x.SenderId, a => a.UserId);
        t.References<Account>(x => x.ReceiverId, a => a.UserId);
        t.Check("positive", x => $"{x.Amount} > 0");
    });
});

await using var toolkit = await Toolkit.StartAsync(o => o.App("points").Arguments(args).Plugin(schema));
var everyone = toolkit.Repository<Account>();
var log = toolkit.Repository<Transfer>();

// Returns why not, or null.
Task<string?> Pay(Guid sender, Guid receiver, int amount) => toolkit.Database.TransactionAsync<string?>(async db =>
{
    Guid[] both = [sender, receiver];

    // Both rows are held in the order of their key, so that two transfers cannot wait for each other.
    var held = await everyone.In(db).Query().Where(x => both.Contains(x.UserId)).OrderBy(x => x.UserId).ForUpdate().ListAsync();
    var from = held.FirstOrDefault(each => each.UserId == sender);
    if (from is null) return "the sender has no account";
    if (held.All(each => each.UserId != receiver)) return "the receiver has no account";
    if (from.Points < amount) return $"only {from.Points} of {amount} points are there";

    await everyone.In(db).UpdateAsync(x => x.UserId == sender, c => c.Add(x => x.Points, -amount));
    await everyone.In(db).UpdateAsync(x => x.UserId == receiver, c => c.Add(x => x.Points, amount));
    await log.In(db).InsertAsync(new(Guid.Empty, sender, receiver, amount, default));
    return null;
});

var ada = new Guid("ada00000-0000-4000-8000-000000000001");
var ben = new Guid("be000000-0000-4000-8000-000000000002");

// Every run tells the same story.
await log.DeleteAsync(x => x.Amount > 0);
await everyone.DeleteAsync(x => x.Points >= 0);
await everyone.InsertManyAsync([new(ada, 100), new(ben, 0)]);

Console.WriteLine($"Ada pays Ben 30: {await Pay(ada, ben, 30) ?? "done"}");
Console.WriteLine($"Ada pays Ben 1000: {await Pay(ada, ben, 1000) ?? "done"}");
Console.WriteLine($"Ada pays nobody 10: {await Pay(ada, Guid.Empty, 10) ?? "done"}");

var (adas, bens) = ((await everyone.FindAsync(ada))!.Points, (await everyone.FindAsync(ben))!.Points);
Console.WriteLine($"Ada {adas}, Ben {bens}: {adas + bens} points as before, {await log.CountAsync()} transfer in the log.");

/// <summary>What a user has.</summary>
record Account(Guid UserId, int Points);

/// <summary>What was paid.</summary>
record Transfer(Guid Id, Guid SenderId, Guid ReceiverId, int Amount, DateTimeOffset CreatedAt);
