// 03 · A schema changes, in C#: what is safe is applied, what destroys is blocked with its reason, then done by consent.
//
//     dotnet run scripts/03-evolve.cs [--database "Host=…"]
//
// Ends with: Version 3 is there; the note kept its title.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using SchemaToolkit.Fluent;

const string id = "@schematoolkit/sample-evolve-csharp";

var version1 = Schema.For(id, s => s.Table<Note1>("notes", t =>
{
    t.Column(x => x.Title).Varchar(40);
    t.PrimaryKey(x => x.Id);
}));

// A longer title, a nullable column and an index.
var version2 = Schema.For(id, s => s.Table<Note2>("notes", t =>
{
    t.Column(x => x.Title).Varchar(200);
    t.PrimaryKey(x => x.Id);
    t.Index(x => x.Mood);
}));

var version3 = Schema.For(id, s => s.Table<Note3>("notes", t =>
{
    t.Column(x => x.Title).Varchar(200);
    t.PrimaryKey(x => x.Id);
    t.Index(x => x.Mood);
}));

// Production is what an unset environment means; here it is said, so that the sample ends alike everywhere.
void Options(ToolkitOptions o) => o.App("evolve").Arguments(args).Stage(Stage.Production);
Task<Toolkit> Start(PluginSchema schema, params IEnumerable<Consent> consents) => Toolkit.StartAsync(o =>
{
    Options(o);
    o.Plugin(schema).Consenting(consents);
});

await StartOver();

await using (var first = await Start(version1))
{
    Console.WriteLine($"Version 1. {first.Report}");
    await first.Repository<Note1>().InsertAsync(new(1, "Evolve", "First thoughts"));
}

await using (var second = await Start(version2))
    Console.WriteLine($"Version 2. {second.Report}");

// Dropping a column that holds values needs consent: for this hazard, this object, between these two versions.
IReadOnlyList<Consent> consents;
try
{
    await using var unasked = await Start(version3);
    throw new InvalidOperationException("A drop went through unasked.");
}
catch (MigrationException blocked)
{
    Console.WriteLine($"\nVersion 3. {blocked.Message}\n");
    consents = blocked.ConsentsNeeded;
}

await using var third = await Start(version3, consents);
Console.WriteLine($"With consent. {third.Report}");
var note = await third.Repository<Note3>().FindAsync(1);
Console.WriteLine($"Version 3 is there; the note {(note?.Title == "Evolve" ? "kept" : "lost")} its title.");

// What an earlier run left goes, so that every run tells the same story. Only samples do this: a plugin keeps its history.
async Task StartOver()
{
    var history = await Toolkit.HistoryAsync(Options);
    if (!history.Any(entry => entry.Plugin == id)) return;
    await using var nothing = await Toolkit.StartAsync(o =>
    {
        Options(o);
        o.Plugin(Schema.For(id, _ => { })).Stage(Stage.Development).Announce(_ => { });
    });
    await (nothing.Database.Engine == Engine.Sqlite
        ? nothing.Database.ExecuteAsync($"DELETE FROM migrations__entry WHERE plugin = {id}")
        : nothing.Database.ExecuteAsync($"DELETE FROM migrations.entry WHERE plugin = {id}"));
}

/// <summary>A note with a draft.</summary>
record Note1(int Id, string Title, string? Draft);

/// <summary>With a mood, too.</summary>
record Note2(int Id, string Title, string? Draft, string? Mood);

/// <summary>Without the draft.</summary>
record Note3(int Id, string Title, string? Mood);
