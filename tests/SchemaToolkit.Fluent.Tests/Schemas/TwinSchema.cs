using System.Text.Json;

namespace SchemaToolkit.Fluent.Tests;

public enum Status
{
    New,
    Paid,
    Shipped,
}

public sealed record Customer(Guid Id, string Email, string Name);

public sealed record Order(
    long Id,
    int Serial,
    Guid CustomerId,
    long? ParentId,
    Status State,
    short Small,
    float Ratio,
    double Weight,
    decimal Total,
    decimal? Exact,
    string Code,
    bool Open,
    DateOnly Day,
    TimeOnly Time,
    DateTimeOffset At,
    DateTime Local,
    TimeSpan? Span,
    JsonElement Note,
    JsonElement? Raw,
    byte[] Blob,
    float[]? Embedding,
    string[] Tags,
    string Label,
    string Slug,
    double DoubleWeight);

/// <summary>The twin of EverySchema.fs in the F# tests: every kind of object, type, default and option.</summary>
internal static class TwinSchema
{
    private static readonly Table<Customer> Customers = Table.Define<Customer>("customers", t =>
    {
        t.Column(x => x.Id).DefaultsToNewUuid();
        t.Column(x => x.Email).Varchar(200).Collate("C");
        t.Column(x => x.Name).Comment("As the customer \"writes\" it\n…ünïcödé 🙂");
        t.PrimaryKey(x => x.Id);
        t.Unique(x => x.Email);
        t.Shared().Comment("Who buys").RenamedFrom("clients");
    });

    public static readonly PluginSchema Value = Schema.For("@shop/plugin-orders", s =>
    {
        s.Table<Order>("orders", t =>
        {
            t.Column(x => x.Id).IdentityAlways();
            t.Column(x => x.Serial).Identity();
            t.Column(x => x.State).AsEnum().DefaultsTo(Status.New);
            t.Column(x => x.Small).DefaultsTo((short)7);
            t.Column(x => x.Ratio).DefaultsTo(0.5f);
            t.Column(x => x.Weight).DefaultsTo(1e-3);
            t.Column(x => x.Total).Numeric(12, 2).DefaultsTo(0.00m);
            t.Column(x => x.Code).Char(3).DefaultsTo("abc");
            t.Column(x => x.Open).DefaultsTo(true);
            t.Column(x => x.Day).DefaultsTo(new(2024, 2, 29));
            t.Column(x => x.Time).DefaultsTo(new(23, 59, 59));
            t.Column(x => x.At).DefaultsToNow();
            t.Column(x => x.Local).DefaultsToNow();
            t.Column(x => x.Note).DefaultsToEmptyObject();
            t.Column(x => x.Raw).JsonText();
            t.Column(x => x.Blob).DefaultsTo([0, 255]);
            t.Column(x => x.Embedding).Vector(3);
            t.Column(x => x.Label).RenamedFrom("title").DefaultsToSql("upper('x')");
            t.Column(x => x.Slug).GeneratedAs(x => $"lower({x.Label})");
            t.Column(x => x.DoubleWeight).VirtualAs(x => $"{x.Weight} * 2");

            t.PrimaryKey(x => x.Id);
            t.Unique(x => x.Serial, x => x.Code).Named("orders_serial_once");
            t.References<Customer>(x => x.CustomerId, c => c.Id)
                .OnDelete(ReferentialAction.Cascade).OnUpdate(ReferentialAction.Restrict).Deferred();
            t.Check("positive", x => $"{x.Total} >= 0 and {x.Code} <> 'a''b'");
            t.Check("short", sqlite: x => $"length({x.Label}) < 100", postgres: x => $"char_length({x.Label}) < 100");
            t.Index(x => new { x.At, x.State });
            t.Index(x => x.Label).Descending().NullsLast()
                .ThenBy(x => $"lower({x.Label})").Collate("C").OpClass("text_pattern_ops")
                .Named("orders_label").Unique().NullsNotDistinct().Including(x => x.Total).Where(x => $"{x.Open}");
            t.Index(x => x.Embedding).Using("hnsw").OpClass("vector_cosine_ops")
                .Parameter("m", "16").Parameter("ef_construction", "64").OnlyOn(Engine.Postgres);
            t.RowSecurity(forced: true);
            t.Policy("own_rows", PolicyCommand.Select)
                .Using(x => $"{x.CustomerId} in (select id from {Customers})")
                .ForRoles("reader", "app").Restrictive().OnlyOn(Engine.Postgres);
            t.Policy("add_rows", PolicyCommand.Insert).WithCheck(x => $"{x.Total} >= 0");
        });
        s.Table(Customers);
        s.Version(3);
    });
}
