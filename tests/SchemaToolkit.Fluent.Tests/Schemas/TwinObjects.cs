namespace SchemaToolkit.Fluent.Tests;

public sealed record InnGuest(long Id, string Name, int? Age);

public sealed record InnStay(long GuestId, int Room, DateOnly Night);

public sealed record InnNights(string Name, long Nights);

public sealed record InnAddress(string Street, int Number);

/// <summary>The twin of EveryObject.fs in the F# tests: a declared object of every kind.</summary>
internal static class TwinObjects
{
    public static readonly PluginSchema Value = Schema.For("@inn/plugin-guests", s =>
    {
        s.Extension("btree_gist");
        s.Domain<string>("email").Varchar(200).Check("form", $"VALUE LIKE '_@_'").Required().DefaultsTo("a@b");
        s.Domain<short>("stars").Check("few", $"VALUE < {6}").DefaultsToSql($"3");
        s.Composite<InnAddress>("address", c => c.Column(x => x.Street).Varchar(50));
        s.RangeType<double>("weights");
        var ticket = s.Sequence("ticket").StartingAt(100).IncrementingBy(5).Between(10, 100000).Caching(3).Cycling()
            .OwnedBy((InnGuest g) => g.Id);

        var greet = s.Function("greet", $"(guest text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'Hello, ' || guest $$")
            .Comment("How a guest is met");
        var touch = s.Function("touch", (InnStay t) =>
            $"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM {t} WHERE {t.GuestId} = OLD.id; RETURN NULL; END $$")
            .OnlyOn(Engine.Postgres);
        s.Procedure("clear_out", (InnStay t) => $"(older date) LANGUAGE sql AS $$ DELETE FROM {t} WHERE {t.Night} < older $$");

        var stays = Table.Define<InnStay>("stays", t =>
        {
            t.PrimaryKey(x => x.Room, x => x.Night);
            t.PartitionBy(x => $"RANGE ({x.Night})");
            t.Partition("stays_2026", $"FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
            t.Partition("stays_rest", $"DEFAULT");
            t.Trigger("stays_seen", x => $"AFTER INSERT ON {x} FOR EACH ROW EXECUTE FUNCTION {touch}()").OnlyOn(Engine.Postgres);
        });
        s.Table<InnGuest>("guests", t =>
        {
            t.Column(x => x.Id).DefaultsToNext(ticket);
            t.Column(x => x.Name).Varchar(100);
            t.PrimaryKey(x => x.Id);
            t.Check("name", x => $"{greet}({x.Name}) <> ''");
            t.WithoutRowId();
            t.Trigger(
                "guests_gone",
                sqlite: x => $"AFTER DELETE ON {x} BEGIN DELETE FROM {stays} WHERE {stays.Column(y => y.GuestId)} = OLD.{x.Id}; END",
                postgres: x => $"AFTER DELETE ON {x} FOR EACH ROW EXECUTE FUNCTION {touch}()");
            t.Exclusion("one_guest", x => $"USING gist ({x.Name} WITH =)");
            t.Grant("reader", Privilege.Select, Privilege.Insert);
        });
        s.Table(stays);

        var adults = s.View("adults", (InnGuest g) => $"SELECT {g.Id}, {g.Name} FROM {g} WHERE {g.Age} >= {18}")
            .Option("security_barrier", "true").Option("check_option", "local").Comment("Old enough");
        s.View(
            "names",
            sqlite: (InnGuest g) => $"SELECT {g.Name} AS name FROM {adults}",
            postgres: (InnGuest g) => $"SELECT upper({g.Name}) AS name FROM {adults}");
        s.View("sleepers", (InnGuest g, InnStay t) => $"SELECT g.{g.Name} FROM {g} AS g, {t} AS s WHERE s.{t.GuestId} = g.{g.Id}");
        s.MaterializedView("nights", (InnGuest g, InnStay t) =>
            $"SELECT g.{g.Name}, count(*) AS nights FROM {g} AS g JOIN {t} AS s ON s.{t.GuestId} = g.{g.Id} GROUP BY g.{g.Name}")
            .As<InnNights>(v => v.Index(x => x.Name).Unique());
        s.Trigger("adults_new", adults, $"INSTEAD OF INSERT ON {adults} FOR EACH ROW EXECUTE FUNCTION {touch}()");
        s.Grant(adults, "reader", Privilege.Select);
        s.Grant(greet, "reader", Privilege.Execute);
        s.Grant(ticket, "reader", Privilege.Usage);
    });
}
