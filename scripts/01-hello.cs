// 01 · A table, a row, in C#.
//
//     dotnet run scripts/01-hello.cs [--database "Host=…"]
//
// Ends with: Hello, Ada! You have been here before.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using SchemaToolkit.Fluent;

var schema = Schema.For("@schematoolkit/sample-hello-csharp", s => s.Table<Guest>("guests", t =>
{
    t.Column(x => x.Visits).DefaultsTo(1);
    t.PrimaryKey(x => x.Name);
}));

// Compares the declaration with the database, and applies the difference.
await using var toolkit = await Toolkit.StartAsync(o => o.App("hello").Arguments(args).Plugin(schema));
Console.WriteLine(toolkit.Report);

var guests = toolkit.Repository<Guest>();

// One statement: a new guest, or one visit more.
Task<Guest> Greet(string name) => guests.UpsertAsync(new(name, 1), x => x.Name, c => c.Add(x => x.Visits, 1));

var first = await Greet("Ada");
Console.WriteLine($"Hello, {first.Name}! Visit {first.Visits}.");
var again = await Greet("Ada");
Console.WriteLine($"Hello, {again.Name}! {(again.Visits > 1 ? "You have been here before." : "Welcome.")}");

/// <summary>A row of the table.</summary>
record Guest(string Name, int Visits);
