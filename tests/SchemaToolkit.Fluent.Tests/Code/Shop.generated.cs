// Starting code for the plugin shop, written by `dotnet schema inspect --output csharp`.
// NOT DECLARED: table plugin_shop.fleeting is unlogged
// NOT DECLARED: column plugin_shop.customers.moods: no property has the type plugin_shop.mood[]
// NOT DECLARED: materialised view plugin_shop.mv: the indexes of a materialised view need a record of its rows
#nullable enable
using System;
using System.Text.Json;
using SchemaToolkit.Fluent;

public enum MoodValue
{
    Sad,
    [Column("so so")] SoSo,
    Happy,
}

public sealed record ARow(int Id, int? B);

public sealed record BRow(int Id, int? A);

public sealed record CustomersRow(
    Guid Id,
    [Column("E-mail {x} 100%")] string EMailX100,
    string Name,
    string? Type,
    MoodValue Mood,
    short Small,
    int? N,
    long? Big,
    float? R,
    double? D,
    decimal? Amount,
    decimal? Free,
    bool Ok,
    DateOnly? Day,
    TimeOnly? T,
    DateTime? Local,
    DateTimeOffset At,
    TimeSpan? I,
    JsonElement? J,
    JsonElement Jb,
    byte[]? Bytes,
    string[] Tags,
    string? Collated,
    string? FullName);

public sealed record EventsRow(int? Id, DateOnly At);

public sealed record FleetingRow(int? A);

public sealed record OrdersRow(long Id, Guid Customer, long? Parent, int? Other, int SerialNo, string? Ip);

public sealed record OwnRow(int P, string? S, string? T, string Hosts);

public sealed record OddPairComposite([Column("first {x}")] decimal? FirstX, string? Host);

public sealed record PairComposite(int? X, string? Y);

public static class ShopSchema
{
    public static PluginSchema Declared { get; } = Schema.For("shop", s =>
    {
        s.Table<ARow>("a", t =>
        {
            t.PrimaryKey(x => x.Id);
            t.References<BRow>(x => x.B, y => y.Id);
        });
        s.Table<BRow>("b", t =>
        {
            t.PrimaryKey(x => x.Id);
            t.References<ARow>(x => x.A, y => y.Id);
        });
        s.Table<CustomersRow>("customers", t =>
        {
            t.Column(x => x.Id).DefaultsToNewUuid();
            t.Column(x => x.Name).Varchar(50).DefaultsTo("it's \"me\" \\ %d {0}").Comment("line one\nline two");
            t.Column(x => x.Type).Char(3);
            t.Column(x => x.Mood).AsEnum("mood").DefaultsTo(MoodValue.SoSo);
            t.Column(x => x.Small).DefaultsTo(3);
            t.Column(x => x.N).DefaultsToSql("'-5'::integer");
            t.Column(x => x.Big).DefaultsTo(7L);
            t.Column(x => x.R).DefaultsToSql("1.5");
            t.Column(x => x.Amount).Numeric(10, 2).DefaultsToSql("0.00");
            t.Column(x => x.Ok).DefaultsTo(true);
            t.Column(x => x.Day).DefaultsToSql("CURRENT_DATE");
            t.Column(x => x.At).DefaultsToNow();
            t.Column(x => x.J).JsonText();
            t.Column(x => x.Jb).DefaultsToEmptyObject();
            t.Column(x => x.Tags).DefaultsToSql("ARRAY[]::text[]");
            t.Column(x => x.Collated).Collate("C");
            t.Column(x => x.FullName)
                .GeneratedAs(x => $"(((name)::text || ' '::text) || \"E-mail {{x}} 100%\")");
            t.PrimaryKey(x => x.Id);
            t.Unique(x => x.EMailX100);
            t.Unique(x => x.N, x => x.Big).Named("u2").NullsNotDistinct();
            t.Unique(x => x.Small, x => x.D).Named("u3").Deferred();
            t.CheckNamed("customers_n_check", x => $"(n < 100)");
            t.CheckNamed(
                "odd_name",
                x => $"((amount >= (0)::numeric) AND ((name)::text <> '{{\"a\": \"%\"}}'::text))");
            t.Index(x => x.Jb).OpClass("jsonb_path_ops").Named("g").Using("gin").Parameter("fastupdate", "off");
            t.Comment("Who \"buys\"");
            t.Trigger(
                "touching",
                x => $"BEFORE UPDATE ON plugin_shop.customers FOR EACH ROW EXECUTE FUNCTION plugin_shop.touch()");
            t.Grant("public", Privilege.Select);
        });
        s.Table<EventsRow>("events", t =>
        {
            t.PartitionBy(x => $"RANGE (at)");
            t.Partition("events_2026", $"FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
        });
        s.Table<FleetingRow>("fleeting");
        s.Table<OrdersRow>("orders", t =>
        {
            t.Column(x => x.Id).IdentityAlways();
            t.Column(x => x.SerialNo).DefaultsToSql("nextval('plugin_shop.orders_serial_no_seq'::regclass)");
            t.Column(x => x.Ip).OtherType("inet");
            t.PrimaryKeyNamed("orders_key", x => x.Id);
            t.References<CustomersRow>(x => x.Customer, y => y.Id).OnDelete(ReferentialAction.Cascade);
            t.References<OrdersRow>(x => x.Parent, y => y.Id)
                .Named("to_parent")
                .OnUpdate(ReferentialAction.SetNull)
                .Deferrable();
            t.Index(x => x.Customer)
                .Descending()
                .NullsLast()
                .ThenBy(x => $"lower((serial_no)::text)")
                .OpClass("text_pattern_ops")
                .Named("odd")
                .Including(x => x.Other)
                .Where(x => $"(other > 0)");
            t.Index(x => x.Ip).Named("on_ip");
            t.Index(x => x.Customer);
            t.RowSecurity();
            t.Policy("mine", PolicyCommand.Select)
                .Using(x => $"((customer)::text = current_setting('app.user'::text, true))");
            t.Policy("strict", PolicyCommand.Insert)
                .WithCheck(x => $"(other > 0)")
                .Restrictive()
                .ForRoles("postgres");
        });
        s.Table<OwnRow>("own", t =>
        {
            t.Column(x => x.P).InDomain("positive");
            t.Column(x => x.S).Varchar(20).InDomain("short_name").DefaultsToSql("'x'::character varying");
            t.Column(x => x.T).OwnType("pair");
            t.Column(x => x.Hosts).OtherType("inet").DefaultsToSql("'10.0.0.1'::inet");
            t.PrimaryKey(x => x.P);
        });
        s.View(
            "v",
            $$"""
            SELECT customers.id,
                customers.name
               FROM plugin_shop.customers
              WHERE customers.ok
            """);
        s.Function(
            "touch",
            $$"""
            ()
             RETURNS trigger
             LANGUAGE plpgsql
            AS $function$ BEGIN NEW.at := now(); RETURN NEW; END $function$
            """);
        s.Function(
            "twice",
            $$"""
            (a integer)
             RETURNS integer
             LANGUAGE sql
            AS $function$ SELECT 2 * a $function$
            """);
        s.Domain<int>("positive").CheckNamed("positive_check", $"(VALUE > 0)");
        s.Domain<string>("short_name").Varchar(20).Required().DefaultsToSql($"'it''s'::character varying");
        s.Composite<OddPairComposite>(
            "Odd pair",
            t =>
            {
                t.Column(x => x.FirstX).Numeric(5, 1);
                t.Column(x => x.Host).OtherType("inet");
            });
        s.Composite<PairComposite>("pair");
        s.Sequence("numbers").IncrementingBy(5).Cycling();
        s.Sequence("orders_serial_no_seq").OfType<int>().OwnedBy((OrdersRow x) => x.SerialNo);
        s.Sequence("small").OfType<short>().Between(1, 99);
    });
}
