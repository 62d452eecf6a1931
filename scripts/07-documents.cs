// 07 · Search by meaning, in C#: documents with embeddings, the nearest first. PostgreSQL searches through an index of pgvector,
// SQLite compares every row; the declaration and the query are the same.
//
//     dotnet run scripts/07-documents.cs [--database "Host=…"]
//
// Ends with: Nearest: Kittens sleep all day.
// Without pgvector: Skipped: this PostgreSQL does not have pgvector.
#:project ../src/SchemaToolkit.Fluent/SchemaToolkit.Fluent.csproj
#:property PublishAot=false

using SchemaToolkit.Fluent;

var schema = Schema.For("@schematoolkit/sample-documents-csharp", s => s.Table<Document>("documents", t =>
{
    t.Column(x => x.Id).DefaultsToNewUuid();
    t.Column(x => x.Embedding).Vector(4);
    t.PrimaryKey(x => x.Id);
    t.Index(x => x.Embedding).Using("hnsw").OpClass("vector_cosine_ops");
}));

// A stand-in for a model that embeds: how much a text is about animals, rest, food and machines.
string[][] topics =
[
    ["kitten", "cat", "dog", "horse"],
    ["sleep", "nap", "rest", "day"],
    ["bread", "soup", "eat", "bake"],
    ["engine", "motor", "oil", "gear"],
];
float[] Embed(string text) =>
    [.. topics.Select(words => 0.1f + words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))];

try
{
    await using var toolkit = await Toolkit.StartAsync(o => o.App("documents").Arguments(args).Plugin(schema));
    var documents = toolkit.Repository<Document>();

    // Every run tells the same story.
    await documents.DeleteAsync(x => x.Content != "");
    string[] texts = ["Kittens sleep all day.", "Bake the bread slowly.", "The engine needs oil.", "Dogs eat soup, too."];
    await documents.InsertManyAsync(texts.Select(text => new Document(Guid.Empty, text, Embed(text))));

    var nearest = await documents.Query().OrderByDistance(x => x.Embedding, Embed("a cat that naps")).Take(3).ListAsync();
    foreach (var document in nearest) Console.WriteLine(document.Content);
    Console.WriteLine($"Nearest: {nearest[0].Content}");
}
catch (MigrationException refused) when (refused.Report.Outcomes is [{ ErrorCode: "cannot-project" }])
{
    Console.WriteLine(refused.Message);
    Console.WriteLine("Skipped: this PostgreSQL does not have pgvector.");
}

/// <summary>A text and what it is about.</summary>
record Document(Guid Id, string Content, float[] Embedding);
