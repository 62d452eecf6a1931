using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class ObjectTests
{
    private static Task<Toolkit> Start(Testing.TestDatabase database, PluginSchema schema) =>
        Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(schema).Announce(_ => { }));

    private static async Task Move(Toolkit toolkit)
    {
        await toolkit.Repository<Item>().InsertManyAsync([new("nail", 3), new("rope", 9), new("saw", 1)]);
        await toolkit.Repository<Movement>().InsertManyAsync([new(0, "nail", 4), new(0, "rope", -6), new(0, "rope", -1)]);
    }

    [Tests]
    public static readonly Test Tests = Runner.TestList("declared objects from C#",
    [
        OnEngines.Each("count by a trigger in each engine's words, and read a view as records", async database =>
        {
            await using var toolkit = await Start(database, Store.Tables());
            await Move(toolkit);
            var shortages = toolkit.Query<Shortage>();
            Check.Sequence([new("rope", 2, null), new Shortage("saw", 1, null)], await shortages.OrderBy(x => x.Name).ListAsync(), "shortages");
            Check.Equal(1L, await shortages.Where(x => x.Amount < 2).CountAsync(), "filtered");
            Check.Equal("rope", (await shortages.OrderByDescending(x => x.Amount).FirstOrDefaultAsync())?.Name, "largest");
            var view = Store.Tables().View<Shortage>();
            Check.Equal("saw", await toolkit.Database.QuerySingleAsync<string>(
                $"SELECT {view.Column(x => x.Name)} FROM {view} WHERE {view.Column(x => x.Amount)} = {1}"), "free SQL");
        }),

        OnEngines.Each("change with their declaration, and stay when nothing did", async database =>
        {
            await using (var first = await Start(database, Store.Tables()))
            {
                await Move(first);
                Check.Contains("view plugin_store.shortages", string.Join("\n", first.Report.Outcomes.Single().Changes));
            }

            await using (var second = await Start(database, Store.Tables()))
                Check.Equal(MigrationState.UpToDate, second.Report.Outcomes.Single().State, "second start");

            await using var third = await Start(database, Store.Tables(few: 2));
            Check.Equal(MigrationState.Applied, third.Report.Outcomes.Single().State, "another query");
            Check.Sequence([new Shortage("saw", 1, null)], await third.Query<Shortage>().ListAsync(), "shortages");
        }),

        OnEngines.Postgres("number rows by a sequence, keep totals, and grant", async database =>
        {
            await using var toolkit = await Start(database, Store.OnPostgres);
            await Move(toolkit);
            var receipts = toolkit.Repository<Receipt>();
            Check.Equal(100L, (await receipts.InsertAsync(new(0, "first"))).Number, "first");
            Check.Equal(110L, (await receipts.InsertAsync(new(0, "second"))).Number, "second");
            Check.Equal(7L, (await receipts.InsertAsync(new(7, "given"))).Number, "given");

            var totals = Store.OnPostgres.View<ItemTotal>();
            Check.Equal(0L, await toolkit.Query<ItemTotal>().CountAsync(), "as of when it was made");
            await toolkit.Database.ExecuteAsync($"REFRESH MATERIALIZED VIEW {totals}");
            Check.Sequence([new("nail", 4), new ItemTotal("rope", -7)], await toolkit.Query<ItemTotal>().OrderBy(x => x.ItemName).ListAsync(), "totals");
            Check.True(await toolkit.Database.QuerySingleAsync<bool>(
                $"SELECT has_table_privilege('pg_database_owner', {"plugin_store.receipts"}, 'SELECT')"), "granted");
            await using var second = await Start(database, Store.OnPostgres);
            Check.Equal(MigrationState.UpToDate, second.Report.Outcomes.Single().State, "second start");
        }),

        OnEngines.Sqlite("are refused by name where the engine has none", async database =>
        {
            var refused = await Check.ThrowsAsync<MigrationException>(() => Start(database, Store.OnPostgres));
            Check.Contains("receipt", refused.Message);
        }),

        Runner.TestCase("name what they are, in the schema and in its JSON", () =>
        {
            Check.Sequence(
                ["function plugin_store.count_movement", "view plugin_store.shortages", "trigger movements_count of plugin_store.movements"],
                Store.Tables().Objects, "objects");
            Check.Contains("\"kind\":\"trigger\"", Store.Tables().ToJson());
            Check.Equal("plugin_store.shortages", Store.Tables().View<Shortage>().ToString(), "view");
            Check.Contains("no view over Item", Check.Throws<ArgumentException>(() => Store.Tables().View<Item>()).Message);
        }),

        Runner.TestCase("are refused with every problem they have", () =>
        {
            var refused = Check.Throws<SchemaDefinitionException>(() => Schema.For("@test/plugin-wrong", s =>
            {
                s.View("lost", (Shortage x) => $"SELECT {x.Name} FROM {x}");
                s.Domain<object>("anything");
                s.View("odd", (Item i) => $"SELECT {i.Name.Length} FROM {i}");
                s.View("hollow", $"SELECT 1 AS one").As<NotAView>();
                s.Table<Item>("items", t => t.Index(x => x.Name));
            }));
            Check.Contains("lost: it references Shortage, which is no table of this schema", refused.Message);
            Check.Contains("anything: a Object has no type in the database", refused.Message);
            Check.Contains("odd: The hole 'i.Name.Length' is more than a property of Item", refused.Message);
            Check.Contains("hollow: property What is a Object", refused.Message);
        }),

        Runner.TestCase("are refused by the schema's own rules too", () => Check.Contains(
            "is not partitioned",
            Check.Throws<SchemaDefinitionException>(() => Schema.For("@test/plugin-wrong", s =>
                s.Table<Item>("items", t => t.Partition("items_a", $"DEFAULT")))).Message)),
    ]);

    public sealed record NotAView(object What);
}
