using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class RepositoryTests
{
    public sealed record Book(
        long Id,
        string Title,
        Mood Mood,
        Mood? Later,
        List<string> Tags,
        byte Stars,
        decimal Price,
        Dictionary<string, int> Counts,
        DateTimeOffset AddedAt,
        DateTimeOffset ChangedAt,
        float[]? Embedding = null);

    public sealed record Line(Guid Order, int Number, string Text);

    public sealed record Note(Guid Id, Guid AgentId, string Text);

    private static readonly Table<Book> Books = Table.Define<Book>("books", t =>
    {
        t.Column(x => x.Id).Identity();
        t.Column(x => x.Price).Numeric(10, 2);
        t.Column(x => x.Counts).Json().DefaultsToEmptyObject();
        t.Column(x => x.AddedAt).DefaultsToNow();
        t.Column(x => x.ChangedAt).DefaultsToNow().TouchedOnChange();
        t.Column(x => x.Embedding).Ignore();
        t.PrimaryKey(x => x.Id);
        t.Unique(x => x.Title);
        t.Check("stars", x => $"{x.Stars} <= 5");
    });

    private static readonly PluginSchema Tables = Schema.For("@test/plugin-books", s =>
    {
        s.Table(Books);
        s.Table<Line>("lines", t => t.PrimaryKey(x => x.Order, x => x.Number));
        s.Table<Note>("notes", t =>
        {
            t.Column(x => x.Id).DefaultsToNewUuid();
            t.PrimaryKey(x => x.Id);
        });
    });

    private static Book New(string title, byte stars = 3, decimal price = 1.10m) =>
        new(0, title, Mood.Calm, null, ["a"], stars, price, new() { ["x"] = 1 }, default, default);

    private static Test OnTables(string name, Func<Toolkit, Repository<Book>, Task> body) => OnEngines.Each(name, async database =>
    {
        await using var toolkit = await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Tables).Announce(_ => { }));
        await body(toolkit, toolkit.Repository<Book>());
    });

    [Tests]
    public static readonly Test Tests = Runner.TestList("a repository of records",
    [
        OnTables("inserts and finds what was stored, with what the engine filled", async (_, books) =>
        {
            var stored = await books.InsertAsync(New("Emma") with { Mood = Mood.Unwell, Tags = ["x", "y"] });
            Check.True(stored.Id > 0 && stored.AddedAt > DateTimeOffset.UnixEpoch, $"{stored}");
            var found = await books.FindAsync(stored.Id);
            Check.True(found is not null, "found by key");
            Check.Equal((Mood.Unwell, null, 1.10m, (byte)3), (found!.Mood, found.Later, found.Price, found.Stars), "values");
            Check.Sequence(["x", "y"], found.Tags, "list");
            Check.Equal(1, found.Counts["x"], "json");
            Check.Equal(stored.AddedAt, found.AddedAt, "what is returned is what is read");
            Check.Equal(null, await books.FindAsync(stored.Id + 1), "nothing");
        }),

        OnTables("upserts on a unique key in one statement", async (_, books) =>
        {
            var first = await books.UpsertAsync(New("Emma"), x => x.Title);
            var all = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => books.UpsertAsync(New("Emma", stars: (byte)(i % 5)), x => x.Title)));
            Check.Equal(1L, await books.CountAsync(), "rows");
            Check.True(all.All(each => each.Id == first.Id && each.AddedAt == first.AddedAt), "the row stays the same");
            Check.True(all.All(each => each.ChangedAt > first.ChangedAt), "and is touched");
            var added = await books.UpsertAsync(New("Emma", price: 9m), x => x.Title, c => c.Add(x => x.Price, 1m));
            Check.Equal((first.Id, 2.10m), (added.Id, added.Price), "changed as told");
        }),

        OnTables("finds, counts, changes and deletes by conditions", async (_, books) =>
        {
            await books.InsertManyAsync([New("a", 1), New("b_%", 2), New("B_%", 3) with { Later = Mood.Calm }, New("d", 4)]);
            Check.Sequence(["a", "d"], (await books.ListAsync(x => x.Stars < 2 || x.Stars == 4)).Select(each => each.Title), "where");
            Check.Sequence(["b_%"], (await books.ListAsync(x => x.Title.StartsWith("b_%"))).Select(each => each.Title), "pattern");
            string[] titles = ["a", "d", "z"];
            Check.Equal(2L, await books.CountAsync(x => titles.Contains(x.Title)), "list");
            Check.Equal(3L, await books.CountAsync(x => x.Later != Mood.Calm), "null differs from a value");
            Check.Equal(0L, await books.CountAsync(x => x.Later == Mood.VeryHappy), "enum");
            Check.True(await books.AnyAsync(x => x.Price == 1.1m), "decimal");
            Check.Equal(4L, await books.UpdateAsync(x => true, c => c.Add(x => x.Price, 0.20m).Set(x => x.Mood, Mood.VeryHappy)), "changed");
            var a = await books.FindAsync(x => x.Title == "a");
            Check.Equal((1.30m, Mood.VeryHappy), (a!.Price, a.Mood), "exact");
            Check.Equal("A", (await books.UpdateAsync(a with { Title = "A" }))!.Title, "by record");
            Check.True(await books.DeleteAsync(a.Id), "by key");
            Check.Equal(3L, await books.DeleteAsync(x => x.Stars >= 2), "by condition");
        }),

        OnTables("pages and streams in a stable order", async (_, books) =>
        {
            await books.InsertManyAsync(Enumerable.Range(0, 25).Select(i => New($"t{i}")));
            var first = await books.PageAsync(10);
            Check.Equal(10, first.Items.Count, "size");
            var second = await books.PageAsync(10, first.Next);
            var third = await books.PageAsync(10, second.Next);
            Check.Equal((5, null), (third.Items.Count, third.Next), "last page");
            List<long> ids = [];
            await foreach (var book in books.StreamAsync(pageSize: 7)) ids.Add(book.Id);
            Check.Sequence([.. first.Items.Concat(second.Items).Concat(third.Items).Select(each => each.Id)], ids, "each once");
            Check.Sequence(["t9", "t8"], (await books.Query().OrderByDescending(x => x.Title).Take(2).ListAsync()).Select(each => each.Title), "order");
        }),

        OnTables("streams a batch in, all or nothing, and names the bad record", async (_, books) =>
        {
            Check.Equal(500L, await books.InsertBatchAsync(Enumerable.Range(0, 500).Select(i => New($"b{i}"))), "inserted");
            var refused = await Check.ThrowsAsync<DataAccessException>(() =>
                books.InsertBatchAsync(Enumerable.Range(0, 10).Select(i => New($"c{i}", stars: (byte)(i == 7 ? 9 : 1)))));
            Check.Equal(DataAccessError.Check, refused.Error, refused.Message);
            Check.Equal(500L, await books.CountAsync(), "nothing of the second");
        }),

        OnTables("tells errors by what a program can do about them", async (toolkit, books) =>
        {
            await books.InsertAsync(New("Emma"));
            var twice = await Check.ThrowsAsync<DataAccessException>(() => books.InsertAsync(New("Emma")));
            Check.Equal(DataAccessError.Duplicate, twice.Error, twice.Message);
            Check.True(twice.WayOut.Length > 0 && twice.State.Length > 0, "state and way out");
            var wrong = await Check.ThrowsAsync<DataAccessException>(() => books.InsertAsync(New("x", price: 123456789012m)));
            Check.Equal(DataAccessError.Value, wrong.Error, wrong.Message);
            await toolkit.Database.ExecuteAsync($"UPDATE {Tables.Table<Book>()} SET {Books.Column(x => x.Mood)} = {"sad"}");
            var unread = await Check.ThrowsAsync<DataAccessException>(() => books.ListAsync());
            Check.Equal(DataAccessError.Decode, unread.Error, unread.Message);
            Check.Contains("'sad' is no member of Mood", unread.Message);
        }),

        OnTables("takes several key columns as a tuple", async (toolkit, _) =>
        {
            var lines = toolkit.Repository<Line>();
            var order = Guid.NewGuid();
            await lines.InsertManyAsync([new(order, 1, "one"), new(order, 2, "two")]);
            Check.Equal("two", (await lines.FindAsync((order, 2)))!.Text, "found");
            Check.Equal("zwei", (await lines.UpsertAsync(new(order, 2, "zwei"), x => new { x.Order, x.Number })).Text, "upsert");
        }),

        OnTables("keeps the rows of agents apart", async (toolkit, _) =>
        {
            var (one, two) = (Guid.NewGuid(), Guid.NewGuid());
            var notes = toolkit.Repository<Note>();
            var ofOne = notes.In(toolkit.Database.ForAgent(one));
            await ofOne.InsertAsync(new(Guid.Empty, Guid.Empty, "mine"));
            await notes.In(toolkit.Database.ForAgent(two)).InsertBatchAsync([new(Guid.Empty, Guid.Empty, "theirs")]);
            Check.Sequence([(one, "mine")], (await ofOne.ListAsync()).Select(each => (each.AgentId, each.Text)), "one's");
            Check.Equal(2L, await notes.In(toolkit.Database.ForEveryAgent()).CountAsync(), "everyone's");
            Check.Equal(DataAccessError.Agent, (await Check.ThrowsAsync<DataAccessException>(() => notes.ListAsync())).Error, "nobody's");
        }),
    ]);
}
