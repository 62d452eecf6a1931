namespace SchemaToolkit.Fluent.Tests;

public sealed record Item(string Name, int Amount);

public sealed record Movement(long Id, string ItemName, int Change);

public sealed record Shortage(string Name, int Amount, string? Note);

public sealed record ItemTotal(string ItemName, long Moved);

/// <summary>A store whose stock a trigger counts and whose shortages a view shows.</summary>
internal static class Store
{
    /// <summary>A view and a trigger, on every engine.</summary>
    public static PluginSchema Tables(int few = 5) => Schema.For("@test/plugin-store", s => Describe(s, few));

    /// <summary>With what only PostgreSQL has.</summary>
    public static readonly PluginSchema OnPostgres = Schema.For("@test/plugin-store", s =>
    {
        var number = s.Sequence("receipt").StartingAt(100).IncrementingBy(10);
        s.Table<Receipt>("receipts", t =>
        {
            t.Column(x => x.Number).DefaultsToNext(number);
            t.PrimaryKey(x => x.Number);
            t.Grant("public", Privilege.Select);
        });
        s.Domain<int>("positive").Check("sign", $"VALUE > 0");
        s.MaterializedView("totals", (Movement m) => $"SELECT {m.ItemName}, sum({m.Change}) AS moved FROM {m} GROUP BY {m.ItemName}")
            .As<ItemTotal>(v => v.Index(x => x.ItemName).Unique());
        Describe(s, few: 5);
    });

    private static void Describe(SchemaBuilder s, int few)
    {
        var count = s.Function("count_movement", (Item i) =>
            $"""
            () RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE {i} SET {i.Amount} = {i.Amount} + NEW.change WHERE {i.Name} = NEW.item_name;
                RETURN NULL;
            END $$
            """).OnlyOn(Engine.Postgres);
        var items = Table.Define<Item>("items", t => t.PrimaryKey(x => x.Name));
        s.Table(items);
        s.Table<Movement>("movements", t =>
        {
            t.Column(x => x.Id).Identity();
            t.PrimaryKey(x => x.Id);
            t.Trigger(
                "movements_count",
                sqlite: x =>
                    $"""
                    AFTER INSERT ON {x} FOR EACH ROW BEGIN
                        UPDATE {items} SET {items.Column(i => i.Amount)} = {items.Column(i => i.Amount)} + NEW.{x.Change}
                        WHERE {items.Column(i => i.Name)} = NEW.{x.ItemName};
                    END
                    """,
                postgres: x => $"AFTER INSERT ON {x} FOR EACH ROW EXECUTE FUNCTION {count}()");
        });
        s.View("shortages", (Item i) => $"SELECT {i.Name}, {i.Amount}, NULLIF({i.Name}, {i.Name}) AS note FROM {i} WHERE {i.Amount} < {few}")
            .As<Shortage>();
    }
}

public sealed record Receipt(long Number, string Text);
