using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

public static class DatabaseTests
{
    public sealed record Balance(Guid UserId, int Points);

    public sealed record Row(Guid UserId, long Doubled, string? Missing);

    private static readonly PluginSchema Tables = Schema.For("@test/plugin-points", s => s.Table<Balance>("balances", t =>
    {
        t.PrimaryKey(x => x.UserId);
        t.Check("positive", x => $"{x.Points} >= 0");
    }));

    private static Test OnTables(string name, Func<Toolkit, Repository<Balance>, Task> body) => OnEngines.Each(name, async database =>
    {
        await using var toolkit = await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Tables).Announce(_ => { }));
        await body(toolkit, toolkit.Repository<Balance>());
    });

    private static Task Transfer(Database database, Guid from, Guid to, int points) => database.TransactionAsync(async db =>
    {
        var balances = db.Repository(Tables.Table<Balance>());
        Guid[] both = [from, to];
        var held = await balances.Query().Where(x => both.Contains(x.UserId)).OrderBy(x => x.UserId).ForUpdate().ListAsync();
        if (held.Single(each => each.UserId == from).Points < points) throw new InvalidOperationException("overdraft");
        await balances.UpdateAsync(x => x.UserId == from, c => c.Add(x => x.Points, -points));
        await balances.UpdateAsync(x => x.UserId == to, c => c.Add(x => x.Points, points));
    });

    [Tests]
    public static readonly Test Tests = Runner.TestList("a database from C#",
    [
        OnTables("commits a transaction, and rolls back one that throws", async (toolkit, balances) =>
        {
            var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
            await balances.InsertManyAsync([new(a, 10), new(b, 0)]);
            await Transfer(toolkit.Database, a, b, 4);
            await Check.ThrowsAsync<InvalidOperationException>(() => Transfer(toolkit.Database, a, b, 7));
            Check.Equal((6, 4), ((await balances.FindAsync(a))!.Points, (await balances.FindAsync(b))!.Points), "balances");
            var refused = await Check.ThrowsAsync<DataAccessException>(() => toolkit.Database.TransactionAsync(async db =>
            {
                await balances.In(db).UpdateAsync(x => x.UserId == b, c => c.Add(x => x.Points, 100));
                await balances.In(db).UpdateAsync(x => x.UserId == a, c => c.Add(x => x.Points, -100));
            }));
            Check.Equal(DataAccessError.Check, refused.Error, refused.Message);
            Check.Equal(4, (await balances.FindAsync(b))!.Points, "rolled back");
        }),

        OnTables("runs transactions again that lose a race", async (toolkit, balances) =>
        {
            var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
            await balances.InsertManyAsync([new(a, 100), new(b, 100)]);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
                i % 2 == 0 ? Transfer(toolkit.Database, a, b, 3) : Transfer(toolkit.Database, b, a, 3)));
            Check.Equal(200L, await toolkit.Database.QuerySingleAsync<long>($"SELECT sum(points) FROM {Tables.Table<Balance>()}"), "sum");
        }),

        OnTables("runs SQL with parameters, names and lists in its holes", async (toolkit, balances) =>
        {
            var table = Tables.Table<Balance>();
            var (a, b) = (Guid.NewGuid(), Guid.NewGuid());
            await balances.InsertManyAsync([new(a, 1), new(b, 2)]);
            List<int> points = [2, 3];
            var rows = await toolkit.Database.QueryAsync<Row>(
                $"SELECT user_id, points * 2 AS doubled, NULL AS missing FROM {table} WHERE {table.Column(x => x.Points)} IN {points}");
            Check.Equal(new Row(b, 4, null), rows.Single(), "record");
            Check.Sequence([1, 2], await toolkit.Database.QueryAsync<int>($"SELECT points FROM {table} ORDER BY points"), "scalars");
            Check.Equal(new Balance(a, 1), (await toolkit.Database.QueryAsync(table, $"SELECT * FROM {table} WHERE points < {2}")).Single(), "table's record");
            Check.Equal(1L, await toolkit.Database.ExecuteAsync($"DELETE FROM {table} WHERE points = {1}"), "affected");
            Check.Equal(2, await toolkit.Database.WithConnectionAsync(async (connection, _) =>
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "SELECT 2";
                return Convert.ToInt32(await command.ExecuteScalarAsync());
            }), "raw connection");
        }),

        OnTables("hears a cancellation", async (_, balances) =>
        {
            using var cancelled = new CancellationTokenSource();
            cancelled.Cancel();
            await Check.ThrowsAsync<OperationCanceledException>(() => balances.ListAsync(cancellationToken: cancelled.Token));
        }),
    ]);
}
