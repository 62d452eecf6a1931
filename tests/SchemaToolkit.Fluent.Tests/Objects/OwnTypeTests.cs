using Expecto;
using Expecto.CSharp;

namespace SchemaToolkit.Fluent.Tests;

/// <summary>Columns of domains, composites, ranges and other types.</summary>
public static class OwnTypeTests
{
    private sealed record Spot(int Id, short Stars, string? Home, string? Span, string Host);

    private sealed record Address(string Street, int Number);

    private static readonly PluginSchema Spots = Schema.For("@test/plugin-spots", s =>
    {
        s.Domain<short>("stars").Check("few", $"VALUE BETWEEN 1 AND 5");
        s.Composite<Address>("address");
        s.RangeType<double>("weights");
        s.Table<Spot>("spots", t =>
        {
            t.PrimaryKey(x => x.Id);
            t.Column(x => x.Stars).InDomain("stars");
            t.Column(x => x.Home).OwnType("address");
            t.Column(x => x.Span).OwnType("weights");
            t.Column(x => x.Host).OtherType("inet");
        });
    });

    [Tests]
    public static readonly Test Tests = Runner.TestList("columns of own types from C#",
    [
        OnEngines.Postgres("hold what is written, in PostgreSQL's text form", async database =>
        {
            await using (var first = await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Spots).Announce(_ => { })))
            {
                var spots = first.Repository<Spot>();
                await spots.InsertAsync(new(1, 5, "(\"High Street\",7)", "[1,2.5)", "10.0.0.1"));
                await spots.InsertManyAsync([new(2, 1, null, null, "10.0.0.0/8")]);
                Check.Equal(new Spot(1, 5, "(\"High Street\",7)", "[1,2.5)", "10.0.0.1/32"), await spots.FindAsync(1), "the first");
                Check.Equal("10.0.0.0/8", (await spots.FindAsync(2))?.Host, "the second");
            }

            await using var second = await Toolkit.StartAsync(o => o.Database(database.ConnectionString).Plugin(Spots).Announce(_ => { }));
            Check.Equal(MigrationState.UpToDate, second.Report.Outcomes.Single().State, "second start");
        }),
    ]);
}
